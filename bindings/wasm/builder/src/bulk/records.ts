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

/** A file whose letters are known. */
export interface Source {
  file: Blob;
  encoding: "utf-8" | "utf-16le" | "utf-16be";
}

/** A file as its first two bytes say that it is written. */
export async function sourceOf(file: Blob): Promise<Source> {
  const [first = 0, second = 0] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const mark = first * 256 + second;
  return { file, encoding: mark === 0xfffe ? "utf-16le" : mark === 0xfeff ? "utf-16be" : "utf-8" };
}

/** The beginning of a file, enough to tell what it holds. */
export const beginning = ({ file, encoding }: Source) => textOf({ file: file.slice(0, 64 * 1024), encoding });

export const textOf = async ({ file, encoding }: Source) => new TextDecoder(encoding).decode(await file.arrayBuffer());

/** Whether all of it can be read: what cannot would come into the store as another letter. */
export async function isReadable({ file, encoding }: Source): Promise<boolean> {
  const reader = file.stream().pipeThrough(new TextDecoderStream(encoding, { fatal: true })).getReader();
  try {
    while (!(await reader.read()).done);
    return true;
  } catch {
    return false;
  }
}

/** Gives each line of a file with its number. */
export async function eachLine({ file, encoding }: Source, take: (line: string, number: number) => void) {
  const lines = new Lines(take);
  const reader = file.stream().pipeThrough(new TextDecoderStream(encoding)).getReader();
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
