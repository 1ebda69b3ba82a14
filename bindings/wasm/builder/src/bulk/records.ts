// The rows of a file, whatever it holds: a table, a JSON object a line, or one JSON document with a
// list, as the reply of a search is.
import { Lines } from "./lines.ts";

/** `unreadable` is what is no text at all. */
export type Form = "table" | "lines" | "document" | "unreadable" | "empty";

/** What a file holds, told by its beginning; its name decides where that tells nothing. */
export function formOf(beginning: string, name: string): Form {
  const text = beginning.trimStart();
  if (text === "") return "empty";
  if (text.includes("\0")) return "unreadable";
  if (text.startsWith("[")) return "document";
  if (text.startsWith("{")) return isDocument(text) ? "document" : "lines";
  return /\.(nd)?jsonl?$/i.test(name) ? "lines" : "table";
}

/** A JSON object over several lines, or one whose rows are inside. */
function isDocument(text: string): boolean {
  const line = text.split("\n", 1)[0]?.trim() ?? "";
  return line === "{" || /^\{\s*"items"\s*:/.test(line);
}

/** The beginning of a file, enough to tell what it holds. */
export const beginning = (file: Blob) => file.slice(0, 64 * 1024).text();

/** Gives each line of a file with its number. */
export async function eachLine(file: Blob, take: (line: string, number: number) => void) {
  const lines = new Lines(take);
  const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) lines.push(part.value);
  lines.end();
}

/** The rows of one JSON document: a list, the `items` of a reply, or the document itself. */
export function rowsOf(text: string): unknown[] {
  const document: unknown = JSON.parse(text);
  if (Array.isArray(document)) return document;
  const items = (document as { items?: unknown } | null)?.items;
  return Array.isArray(items) ? items : [document];
}
