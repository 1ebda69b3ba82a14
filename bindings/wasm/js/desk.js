// The desk: one question in JSON text, one answer in JSON text.
import { call, heap } from "../dist/magewright.js";
import { given } from "./given.js";

/** A question the core has no answer to; `code` is stable, `pointer` names the member at fault. */
export class MagewrightError extends Error {
  constructor({ code, message, pointer }) {
    super(message);
    this.name = "MagewrightError";
    this.code = code;
    this.pointer = pointer;
  }
}

/** No request does what a patch asks, and nothing else; `reasons` says why. */
export class Unplannable extends MagewrightError {
  constructor({ reasons, refusal }) {
    super({ code: "unplannable", message: reasons.map(({ pointer, message }) => `${pointer}: ${message}`).join("; ") });
    this.name = "Unplannable";
    this.reasons = reasons;
    this.refusal = refusal;
  }
}

/** Asks the core, about a store's handle if one is given, and throws a MagewrightError when it has no answer. */
export function ask(operation, request, handle) {
  const text = JSON.stringify(request);
  const answer = JSON.parse(handle === undefined ? made(() => call(operation, text)) : handle.call(operation, text));
  if (answer.error) throw new MagewrightError(answer.error);
  return answer.ok;
}

/** What makes a handle throws the failure's text; before `init` there is no module to make any. */
export function made(make) {
  try {
    return make();
  } catch (failure) {
    if (typeof failure === "string") throw new MagewrightError(JSON.parse(failure));
    throw isThere() ? failure : new Error("the module is not there yet: await init() before anything is asked");
  }
}

function isThere() {
  try {
    return heap() !== undefined;
  } catch {
    return false;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * A document as a member of a request. Text and bytes go over as they are; any
 * other value costs a JSON.stringify and has lost what a parser loses, such as
 * keys written twice.
 */
export function document(name, value) {
  const found = given(name, value);
  if (typeof found === "string") return { [`${name}_text`]: wellFormed(found) };
  if (found instanceof Uint8Array) return { [`${name}_text`]: decoded(name, found) };
  return { [name]: found };
}

/** Half a surrogate pair would be escaped on its way, and refused, though no request carries it. */
const wellFormed = (text) => text.toWellFormed?.() ?? utf8.decode(new TextEncoder().encode(text));

function decoded(name, bytes) {
  try {
    // A browser decodes nothing that is shared.
    return utf8.decode(bytes.buffer instanceof ArrayBuffer ? bytes : bytes.slice());
  } catch {
    throw new MagewrightError({ code: "syntax", message: `${name}: bytes that are no UTF-8`, pointer: `/${name}_text` });
  }
}
