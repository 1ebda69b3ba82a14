// Criteria built piece by piece: what is built is the text form, which the core reads wherever criteria go.

const quoted = (text, quote) => quote + String(text).replaceAll(quote, quote + quote) + quote;
const name = (field) => quoted(field, "`");
const value = (of) => quoted(literal(of), "'");
const values = (list) => (list.length === 0 ? literal(undefined) : list.map(value).join(", "));

/** What has a spelling of its own; of anything else a store would be asked for "[object Object]". */
function literal(of) {
  if (["string", "bigint", "boolean"].includes(typeof of) || Number.isFinite(of)) return of;
  throw new TypeError("a value: give text or a number; of a list each by itself, and isNull() for none");
}

/** A condition, or several joined; and what is wanted of the rows it finds. */
class Search {
  #condition;
  #order;
  #rest;

  constructor(condition, order = [], rest = {}) {
    this.#condition = condition;
    this.#order = order;
    this.#rest = rest;
  }

  /** Rows for which all hold. */
  and = (...others) => this.#joined("and", others);

  /** Rows for which one holds. */
  or = (...others) => this.#joined("or", others);

  /** The other rows, those without a value among them. */
  not = () => this.#with({ condition: `not (${this.#condition})` });

  orderBy(field, direction = "asc") {
    if (!/^(?:asc|desc)$/i.test(direction)) throw new TypeError("direction: give asc or desc");
    return this.#with({ order: [...this.#order, `${name(field)} ${direction.toLowerCase()}`] });
  }

  limit = (rows) => this.#with({ rest: { limit: whole("limit", rows) } });
  page = (number) => this.#with({ rest: { page: whole("page", number) } });

  /** The parts of the reply wanted. */
  fields = (wanted) => this.#with({ rest: { fields: value(wanted) } });

  toString() {
    const { limit, page, fields } = this.#rest;
    const order = this.#order.length > 0 ? `order by ${this.#order.join(", ")}` : undefined;
    const rest = Object.entries({ limit, page, fields }).filter(([, of]) => of !== undefined);
    return [this.#condition, order, ...rest.map((pair) => pair.join(" "))].filter(Boolean).join(" ");
  }

  toJSON() {
    return this.toString();
  }

  #joined(word, others) {
    const all = [this, ...others].map((other) => `(${other.#condition})`);
    return this.#with({ condition: all.join(` ${word} `) });
  }

  #with({ condition = this.#condition, order = this.#order, rest }) {
    return new Search(condition, order, { ...this.#rest, ...rest });
  }
}

function whole(word, number) {
  if (!Number.isSafeInteger(number)) throw new TypeError(`${word}: give an integer`);
  return number;
}

/** A field of customers, to be compared with something. */
export function field(of) {
  const compared = (sign) => (other) => new Search(`${name(of)} ${sign} ${value(other)}`);
  const listed = (word) => (...list) => new Search(`${name(of)} ${word} (${values(list)})`);
  return {
    eq: compared("="),
    ne: compared("!="),
    gt: compared(">"),
    gteq: compared(">="),
    lt: compared("<"),
    lteq: compared("<="),
    like: compared("like"),
    notLike: compared("not like"),
    regexp: compared("regexp"),
    /** A list with commas has the item. */
    contains: compared("finset"),
    oneOf: listed("in"),
    noneOf: listed("not in"),
    isNull: () => new Search(`${name(of)} is null`),
    isNotNull: () => new Search(`${name(of)} is not null`),
  };
}
