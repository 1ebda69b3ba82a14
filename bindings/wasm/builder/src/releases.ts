// The releases that can be chosen: lines from 2.4.4 to 2.4.9 with their patch levels, and the SaaS edition.

export const LINES = [4, 5, 6, 7, 8, 9];

/** The last patch level of each line whose behaviour the rules name. */
const LAST: Record<number, number> = { 4: 13, 5: 12, 6: 10, 7: 6, 8: 1, 9: 0 };

export const releasesOf = (line: number): string[] =>
  Array.from({ length: (LAST[line] ?? 0) + 1 }, (_, patch) => (patch === 0 ? `2.4.${line}` : `2.4.${line}-p${patch}`));

/** All that are installed, oldest first. */
export const RELEASES = LINES.flatMap(releasesOf);

/** Adobe Commerce as a Cloud Service, which has no number. */
export const SAAS = "saas";

export const isSaas = (release: string) => release === SAAS;

export const nameOf = (release: string) => (isSaas(release) ? "SaaS edition" : release);

/** The last part of a line's number, as in 7 of 2.4.7-p3. */
export const lineOf = (release: string): number | undefined => {
  const line = /^2\.4\.(\d+)/.exec(release)?.[1];
  return line === undefined ? undefined : Number(line);
};
