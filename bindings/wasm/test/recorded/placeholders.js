// Comparing replies in which ids, times and keys stand as placeholders.

/** Placeholders of which one stands for one thing, wherever it occurs. */
const NUMBERED = /^<(?:key|new\d+|[caugt]\d+)>$/;

/** Those that stand for anything of their kind. */
const KINDS = {
  "<time>": /^.{10} .{8}$/s,
  "<hash>": /^[0-9a-f]{64}$/i,
  "<uuid>": /^.{36}$/s,
  "<id>": /^\d+$/,
  "<a>": /^\d+$/,
};

/** Lists that the store's database gives in any order. */
const UNORDERED = ["operations_list", "custom_attributes"];

/** What the numbered placeholders of one scenario stand for so far. */
export class Bindings {
  #bound;

  constructor(bound = []) {
    this.#bound = new Map(bound);
  }

  /** A text with every placeholder replaced by what it stands for. */
  filled(text) {
    return [...this.#bound].reduce((filled, [name, value]) => filled.replaceAll(name, value), text);
  }

  /** A JSON text with every placeholder replaced; ids that stand by themselves become numbers. */
  filledJson(text) {
    const numbered = text.replaceAll(/"(<[cag]\d+>)"/g, (quoted, name) => this.#bound.get(name) ?? quoted);
    return this.filled(numbered);
  }

  /** Whether what came is what was recorded; binds what is met first. */
  same(expected, actual, key = undefined) {
    if (Array.isArray(expected) && Array.isArray(actual)) return this.#sameItems(expected, actual, key);
    if (isObject(expected) && isObject(actual)) {
      const keys = Object.keys(expected);
      return keys.length === Object.keys(actual).length && keys.every((name) => name in actual && this.same(expected[name], actual[name], name));
    }
    if (isPlaceholder(expected)) return ["string", "number"].includes(typeof actual) && this.#standsFor(expected, String(actual));
    return expected === actual || (typeof expected === "string" && typeof actual === "string" && this.#sameText(expected, actual));
  }

  #sameItems(expected, actual, key) {
    if (expected.length !== actual.length) return false;
    const ordered = UNORDERED.includes(key) ? this.#inOrderOf(expected, actual) : actual;
    return expected.every((item, at) => this.same(item, ordered[at]));
  }

  /** The items in the order of those they agree with. */
  #inOrderOf(expected, actual) {
    const left = [...actual];
    return expected.map((item) => {
      const at = left.findIndex((one) => new Bindings(this.#bound).same(item, one));
      return left.splice(Math.max(at, 0), 1)[0];
    });
  }

  /** Whether a recorded text is what came, with placeholders inside of it, be it JSON in a text. */
  #sameText(expected, actual) {
    const [a, b] = [nested(expected), nested(actual)];
    if (a !== undefined && b !== undefined) return this.same(a, b);
    return this.filled(expected) === actual.replace(/webapi-[0-9a-f]*$/i, "webapi-<report>");
  }

  /** Whether a placeholder stands for what came; what already has a name of its kind does not get a second one. */
  #standsFor(name, actual) {
    if (Object.hasOwn(KINDS, name)) return KINDS[name].test(actual);
    const bound = this.#bound.get(name);
    if (bound !== undefined) return bound === actual;
    const taken = [...this.#bound].some(([other, value]) => other.slice(0, 2) === name.slice(0, 2) && value === actual);
    this.#bound.set(name, actual);
    return !taken;
  }
}

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const isPlaceholder = (value) => typeof value === "string" && (NUMBERED.test(value) || Object.hasOwn(KINDS, value));

/** The list or object that a text is the JSON of. */
function nested(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === "object" ? value : undefined;
  } catch {
    return undefined;
  }
}
