// When what is said and what was recorded are the same.
import { isDeepStrictEqual } from "node:util";
import { MagewrightError, decodeError } from "magewright";

/** Whether each case holds; one that the package has no answer to does not. */
export const judgedEach = (cases, holds) =>
  cases.map((one) => {
    try {
      return holds(one);
    } catch (error) {
      if (error instanceof MagewrightError) return false;
      throw error;
    }
  });

/** The store gives custom attributes in no fixed order. */
export function tidy(value) {
  if (Array.isArray(value)) return value.map(tidy);
  if (value === null || typeof value !== "object") return value;
  const tidied = Object.fromEntries(Object.entries(value).map(([key, of]) => [key, tidy(of)]));
  if (Array.isArray(tidied.custom_attributes)) tidied.custom_attributes.sort((a, b) => (a.attribute_code < b.attribute_code ? -1 : 1));
  return tidied;
}

export const same = (a, b) => isDeepStrictEqual(tidy(a), tidy(b));

/** Whether a refusal is the reply: a fatal error is bare text; of others every part counts. */
export function isReply(refused, status, reply) {
  if (refused?.status !== status) return false;
  if (typeof reply === "string") return refused.template.trim() === reply.trim();
  const { template, message, parameters, errors } = decodeError(status, reply);
  const said = { template: refused.template, message: refused.message, parameters: refused.parameters, errors: refused.errors };
  return same(said, { template, message, parameters, errors });
}
