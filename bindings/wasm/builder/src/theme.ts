// Dark and light: the system's choice, unless somebody chose here. The one thing that is stored.
import { h } from "./dom.ts";

const KEY = "magewright-theme";

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function keep(theme: string) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A browser may forbid it; the choice then lasts as long as the page.
  }
}

const dark = () => (document.documentElement.dataset["theme"] ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

export function themeSwitch(): HTMLElement {
  const chosen = stored();
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset["theme"] = chosen;
  const button = h("button", { type: "button", class: "icon" });
  const draw = () => {
    button.textContent = dark() ? "☀" : "☾";
    button.setAttribute("aria-label", dark() ? "Use the light theme" : "Use the dark theme");
    button.title = button.getAttribute("aria-label") ?? "";
  };
  button.addEventListener("click", () => {
    const theme = dark() ? "light" : "dark";
    document.documentElement.dataset["theme"] = theme;
    keep(theme);
    draw();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  draw();
  return button;
}
