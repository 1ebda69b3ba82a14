// The choice of a release: a line from 2.4.4 to 2.4.9, and its patch level.
import { h, labelled } from "../dom.ts";
import { change, get, watch } from "../state.ts";

const LINES = [4, 5, 6, 7, 8, 9];

/** The last patch level of each line whose behaviour the rules name. */
const LAST: Record<number, number> = { 4: 13, 5: 12, 6: 10, 7: 6, 8: 1, 9: 0 };

export const releasesOf = (line: number): string[] =>
  Array.from({ length: (LAST[line] ?? 0) + 1 }, (_, patch) => (patch === 0 ? `2.4.${line}` : `2.4.${line}-p${patch}`));

export const RELEASES = LINES.flatMap(releasesOf);

export function releasePicker(): HTMLElement {
  const select = h("select", { "aria-label": "Release" });
  for (const line of LINES) {
    const group = h("optgroup", { label: `2.4.${line}` });
    for (const release of releasesOf(line)) group.append(h("option", { value: release }, release));
    select.append(group);
  }
  select.addEventListener("change", () => change({ release: select.value }));
  watch((state) => [state.release], () => {
    const { release } = get();
    if (!RELEASES.includes(release) && ![...select.options].some(({ value }) => value === release)) select.append(h("option", { value: release }, release));
    select.value = release;
  });
  return labelled("Release", select);
}
