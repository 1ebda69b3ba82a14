// Percent-encoding of many short texts at once: they are escaped as bytes in one place and made a
// string together, since that step costs more than the escaping itself.

/** The place; longer texts are left to the module, which is the faster one there. */
const bytes = new Uint8Array(1 << 15);
const words = new DataView(bytes.buffer);

/** The most bytes that one UTF-16 unit becomes: three of UTF-8, each as `%XX`. */
const WIDEST = 9;

const decoder = new TextDecoder();

const HEX = "0123456789ABCDEF";

/** `%00` to `%FF` as words of four bytes, the last of them void, since one word is written faster than three bytes. */
const ESCAPES = Int32Array.from({ length: 256 }, (_, byte) =>
  [..."%" + HEX[byte >> 4] + HEX[byte & 15] + "\0"].reduce((word, character) => (word << 8) | character.charCodeAt(0), 0),
);

/** Letters, digits and `-._~` (RFC 3986). */
const UNRESERVED = Uint8Array.from({ length: 128 }, (_, byte) => Number(/[\w.~-]/.test(String.fromCharCode(byte))));

/**
 * Names as they are and texts escaped, by turns, as one text. The list is used up.
 *
 * @param {(string | number)[]} parts
 * @returns {string | undefined} nothing when a text is long or has half a surrogate pair
 */
export function escapeAll(parts) {
  let used = 0;
  for (let at = 1; at < parts.length; at += 2) {
    const { length } = parts[at];
    if (used + length * WIDEST >= bytes.length) return undefined;
    const end = write(parts[at], used);
    if (end < 0) return undefined;
    // A text of unreserved characters stays; of another, its length when escaped.
    if (end - used === length) continue;
    parts[at] = end - used;
    used = end;
  }
  return concatenate(parts, used === 0 ? "" : decoder.decode(bytes.subarray(0, used)));
}

function concatenate(parts, escaped) {
  let out = "";
  let begin = 0;
  for (let at = 0; at < parts.length; at += 2) {
    const text = parts[at + 1];
    out += parts[at];
    out += typeof text === "number" ? escaped.slice(begin, (begin += text)) : text;
  }
  return out;
}

/** Where the escaped text ends; -1 for half a surrogate pair. */
function write(text, end) {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) end = writeAscii(code, end);
    else if (code < 0xd800 || code > 0xdfff) end = writeWide(code, end);
    else {
      const pair = text.codePointAt(at++);
      if (pair < 0x10000) return -1;
      end = writePair(pair, end);
    }
  }
  return end;
}

function writeAscii(code, end) {
  if (UNRESERVED[code] === 0) return writeByte(code, end);
  bytes[end] = code;
  return end + 1;
}

/** Two or three bytes of UTF-8. */
function writeWide(code, end) {
  if (code < 0x800) end = writeByte(0xc0 | (code >> 6), end);
  else {
    end = writeByte(0xe0 | (code >> 12), end);
    end = writeByte(0x80 | ((code >> 6) & 63), end);
  }
  return writeByte(0x80 | (code & 63), end);
}

/** Four bytes of UTF-8. */
function writePair(code, end) {
  end = writeByte(0xf0 | (code >> 18), end);
  end = writeByte(0x80 | ((code >> 12) & 63), end);
  end = writeByte(0x80 | ((code >> 6) & 63), end);
  return writeByte(0x80 | (code & 63), end);
}

function writeByte(byte, end) {
  words.setInt32(end, ESCAPES[byte]);
  return end + 3;
}
