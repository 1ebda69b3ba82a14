// JSON Pointers (RFC 6901), and edits of a JSON text at one.
import { applyEdits, findNodeAtLocation, type JSONPath, modify, type Node, type ParseError, parseTree } from "jsonc-parser";

export const segments = (pointer: string): string[] =>
  pointer === "" ? [] : pointer.slice(1).split("/").map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

export const child = (pointer: string, key: string | number) =>
  `${pointer}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;

export const parent = (pointer: string) => pointer.slice(0, Math.max(0, pointer.lastIndexOf("/")));

/** The value at a pointer; nothing when there is none. */
export function at(value: unknown, pointer: string): unknown {
  let here = value;
  for (const step of segments(pointer)) {
    if (typeof here !== "object" || here === null) return undefined;
    here = (here as Record<string, unknown>)[step];
  }
  return here;
}

const formattingOptions = { insertSpaces: true, tabSize: 2, eol: "\n" };

/**
 * The text with another value at a pointer; `undefined` takes the member away.
 *
 * @param order the names of the members of that object, in the contract's order
 */
export function edit(text: string, pointer: string, value: unknown, order: readonly string[] = []): string {
  const source = text.trim() === "" ? "{}" : text;
  const path = path_(parseTree(source), segments(pointer));
  const name = String(path.at(-1) ?? "");
  const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  const getInsertionIndex = (names: string[]) => {
    const after = names.findIndex((key) => rank(key) > rank(name));
    return after === -1 ? names.length : after;
  };
  return applyEdits(source, modify(source, path, value, { formattingOptions, getInsertionIndex }));
}

/** Whether a step is a place of a list or a key is known from the document only. */
function path_(tree: Node | undefined, steps: string[]): JSONPath {
  let node = tree;
  return steps.map((step) => {
    const key = node?.type === "array" ? Number(step) : step;
    node = node ? findNodeAtLocation(node, [key]) : undefined;
    return key;
  });
}

/** A JSON text laid out over lines; as it is when it is no JSON. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** A parsed JSON text; nothing when it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Where a text stops being JSON, in words; nothing for one that is JSON. */
export function broken(text: string): string | undefined {
  if (parsed(text) !== undefined) return undefined;
  if (text.trim() === "") return "nothing is written yet";
  const errors: ParseError[] = [];
  parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const before = text.slice(0, errors[0]?.offset ?? text.length).split("\n");
  return `not JSON from line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1} on`;
}
