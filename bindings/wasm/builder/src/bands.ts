// Releases that behave alike, told as ranges.

/** A run of releases with one outcome. */
export interface Band<T> {
  releases: string[];
  outcome: T;
}

/** Releases with equal outcomes stand together, in the order in which an outcome is first seen. */
export function bands<T>(releases: readonly string[], outcomeOf: (release: string) => T): Band<T>[] {
  const found = new Map<string, Band<T>>();
  for (const release of releases) {
    const outcome = outcomeOf(release);
    const key = JSON.stringify(outcome);
    const band = found.get(key);
    if (band) band.releases.push(release);
    else found.set(key, { releases: [release], outcome });
  }
  return [...found.values()];
}

/** Releases as ranges of those that follow each other in `all`: `2.4.4 to 2.4.6-p3, 2.4.8`. */
export function ranges(releases: readonly string[], all: readonly string[]): string {
  const out: [string, string][] = [];
  for (const release of releases) {
    const last = out.at(-1);
    if (last && all.indexOf(release) === all.indexOf(last[1]) + 1) last[1] = release;
    else out.push([release, release]);
  }
  return out.map(([from, to]) => (from === to ? from : `${from} to ${to}`)).join(", ");
}
