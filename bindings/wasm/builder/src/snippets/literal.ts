// JSON as a literal of another language, from the text, so that numbers keep their spelling.
import { type Node, parseTree } from "jsonc-parser";

export interface Language {
  object: [open: string, close: string];
  array: [open: string, close: string];
  colon: string;
  words: { true: string; false: string; null: string };
  text(value: string): string;
  /** An object without members, where it is not `{}`. */
  empty?: string;
  indent: string;
}

export const python: Language = {
  object: ["{", "}"],
  array: ["[", "]"],
  colon: ": ",
  words: { true: "True", false: "False", null: "None" },
  text: pythonText,
  indent: "    ",
};

export const php: Language = {
  object: ["[", "]"],
  array: ["[", "]"],
  colon: " => ",
  words: { true: "true", false: "false", null: "null" },
  text: (value) => `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`,
  empty: "new stdClass()",
  indent: "    ",
};

export const javascript: Language = {
  object: ["{", "}"],
  array: ["[", "]"],
  colon: ": ",
  words: { true: "true", false: "false", null: "null" },
  text: (value) => JSON.stringify(value).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029"),
  indent: "  ",
};

/** JSON strings are Python strings but for what lies beyond 16 bits. */
function pythonText(value: string): string {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/gu, (one) => (one < "\u00a0" || one === "\u2028" || one === "\u2029" ? escape(one) : one));
}

const escape = (one: string) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** The literal of a JSON text, laid out over lines; nothing when the text is no JSON. */
export function literal(json: string, language: Language, depth = 0): string | undefined {
  const tree = isSound(json) ? parseTree(json, [], { disallowComments: true }) : undefined;
  return tree && write(tree, json, language, depth);
}

function isSound(json: string): boolean {
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}

function write(node: Node, json: string, language: Language, depth: number): string {
  switch (node.type) {
    case "object":
      return block(node, json, language, depth, language.object);
    case "array":
      return block(node, json, language, depth, language.array);
    case "property": {
      const [key, value] = node.children ?? [];
      return `${language.text(String(key?.value))}${language.colon}${value ? write(value, json, language, depth) : ""}`;
    }
    case "string":
      return language.text(node.value as string);
    case "boolean":
      return node.value ? language.words.true : language.words.false;
    case "null":
      return language.words.null;
    default:
      return json.slice(node.offset, node.offset + node.length);
  }
}

function block(node: Node, json: string, language: Language, depth: number, [open, close]: [string, string]): string {
  const children = node.children ?? [];
  if (children.length === 0) return node.type === "object" && language.empty ? language.empty : open + close;
  const indent = language.indent.repeat(depth + 1);
  const lines = children.map((child) => `${indent}${write(child, json, language, depth + 1)},`);
  return `${open}\n${lines.join("\n")}\n${language.indent.repeat(depth)}${close}`;
}
