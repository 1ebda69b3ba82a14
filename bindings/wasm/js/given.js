// What is given as JSON: text, bytes in any wrapping, or a value that is still to be written.

/**
 * Text as it is, bytes as a Uint8Array, any other value as it is. An instance of which JSON keeps nothing is a
 * mistake at the caller's: a promise nobody awaited, a Response nobody read, a Map.
 */
export function given(name, value) {
  const found = textOrBytes(value);
  if (found === undefined && saysNothing(value)) throw noJson(name, `${kind(value)} is no JSON: `);
  return found ?? value;
}

/** The same for what has to be text or bytes by itself. */
export function givenText(name, value) {
  const found = textOrBytes(value);
  if (found === undefined) throw new TypeError(`${name}: give text or bytes`);
  return found;
}

/** JSON text, or its bytes, of whatever is given. */
export function givenJson(name, value) {
  const found = given(name, value);
  const text = textOrBytes(found) ?? JSON.stringify(found);
  if (text === undefined) throw noJson(name);
  return text;
}

const noJson = (name, why = "") => new TypeError(`${name}: ${why}give JSON text, its bytes, or a plain object`);

/** Bytes of a view or a buffer, shared ones and those of another realm too; nothing of other values. */
function textOrBytes(value) {
  if (typeof value === "string" || (value instanceof Uint8Array && value.length > 0)) return value;
  if (ArrayBuffer.isView(value)) return new Uint8Array(attached(value.buffer), value.byteOffset, value.byteLength);
  return /ArrayBuffer\]$/.test(Object.prototype.toString.call(value)) ? new Uint8Array(value) : undefined;
}

/** What is left of bytes that went to a worker looks like an empty view, but no other view of its buffer can be had. */
const attached = (buffer) => new Uint8Array(buffer).buffer;

/** Functions, symbols, and instances without a member; of `undefined` the desk says what is missing. */
function saysNothing(value) {
  if (typeof value === "function" || typeof value === "symbol") return true;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return className(value) !== "Object" && typeof value.toJSON !== "function" && Object.keys(value).length === 0;
}

/** An object without a class is one like any other. */
const className = (value) => value.constructor?.name ?? "Object";

const kind = (value) => (typeof value === "object" ? `a ${className(value)}` : `a ${typeof value}`);
