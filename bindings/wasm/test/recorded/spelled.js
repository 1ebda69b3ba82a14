// The texts of which a JSON text is made, as they are spelled: JSON.parse reads 33.0 as 33, and keys in another order.

/** Strings, in which brackets and commas mean nothing, and what is one or the other outside of them. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{},]/g;

/** The items of a list, each as its own text. */
export function items(text) {
  const found = [];
  let depth = 0;
  let from = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === "{" || token === "[") depth += 1;
    if (token === "}" || token === "]") depth -= 1;
    if (depth === 1 && from === 0) from = index + 1;
    else if (depth === 0 || (depth === 1 && token === ",")) {
      found.push(text.slice(from, index).trim());
      from = index + 1;
    }
  }
  return found.filter((item) => item !== "");
}

/** The members of an object: the text of each value by its key. */
export function members(text) {
  const pairs = items(text).map((pair) => /^("(?:[^"\\]|\\.)*")\s*:\s*(.*)$/s.exec(pair));
  return new Map(pairs.map(([, key, value]) => [JSON.parse(key), value]));
}
