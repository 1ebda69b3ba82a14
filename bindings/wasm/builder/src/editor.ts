// A JSON editor: a text field at first, CodeMirror as soon as somebody is there. So the page answers
// before the largest part of its code has come, and does not ask for it where nobody edits.
import { draft } from "./draft.ts";
import { h } from "./dom.ts";

/** Something to say about a place in the document. */
export interface Mark {
  pointer: string;
  severity: "error" | "loss";
  message: string;
}

/** What a text is written on. */
export interface Surface {
  get(): string;
  /** Puts a text in the place of the old one, keeping the selection where it can. */
  set(text: string): void;
  mark(marks: readonly Mark[]): void;
  /** Moves the focus to a place of the document. */
  reveal(pointer: string): void;
  selection(): [anchor: number, head: number];
}

export interface Editor extends Surface {
  element: HTMLElement;
}

export interface Options {
  label: string;
  hint?: string;
  onchange?: (text: string) => void;
}

const load = () => import("./codemirror.ts");
let loading: ReturnType<typeof load> | undefined;

/** CodeMirror, asked for once. */
const codemirror = () => (loading ??= load());

/** The first sign of somebody: of a pointer, a finger or a key. */
const SIGNS = ["pointermove", "pointerdown", "keydown", "focusin"];

const somebody = new Promise<void>((resolve) => SIGNS.forEach((sign) => addEventListener(sign, () => resolve(), { once: true, passive: true })));

export function editor(options: Options): Editor {
  const element = h("div", { class: "editor" });
  let surface = draft(element, options);
  let marks: readonly Mark[] = [];
  const take = async () => {
    const loaded = await codemirror();
    if (element.shadowRoot) return;
    surface = loaded.codemirror(element, options, surface);
    surface.mark(marks);
  };
  void somebody.then(take);
  return {
    element,
    get: () => surface.get(),
    set: (text) => surface.set(text),
    mark(given) {
      marks = given;
      surface.mark(marks);
      // Only CodeMirror shows them at their places.
      if (marks.length > 0) void take();
    },
    reveal: (pointer) => void take().then(() => surface.reveal(pointer)),
    selection: () => surface.selection(),
  };
}
