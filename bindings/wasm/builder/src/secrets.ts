// Secrets in a JSON text: where they are, and the text without them.
import { applyEdits, type Edit, type Node, parseTree } from "jsonc-parser";

/** What stands in the place of a secret. */
export const REDACTED = "";

/** The text with every secret member emptied; all of it gone when it is no JSON that can be searched. */
export function redact(text: string, names: readonly string[]): string {
  if (text.trim() === "") return "";
  const errors: never[] = [];
  const tree = parseTree(text, errors);
  if (!tree || errors.length > 0) return "";
  const edits: Edit[] = [];
  visit(tree, new Set(names.map(fold)), edits);
  return applyEdits(text, edits);
}

/** A store reads `newPassword`, `new_password` and `NewPassword` alike. */
const fold = (name: string) => name.replaceAll("_", "").toLowerCase();

function visit(node: Node, names: Set<string>, edits: Edit[]) {
  if (node.type !== "property") {
    for (const child of node.children ?? []) visit(child, names, edits);
    return;
  }
  const [key, value] = node.children ?? [];
  if (!key || !value) return;
  if (!names.has(fold(String(key.value)))) visit(value, names, edits);
  else edits.push({ offset: value.offset, length: value.length, content: JSON.stringify(REDACTED) });
}
