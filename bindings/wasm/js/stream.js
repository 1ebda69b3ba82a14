import { Validator } from "./validator.js";

/**
 * A stream of NDJSON, as text or bytes in chunks of any size, to the reports on the records that
 * are not clean. Its `tally` is told when all is read.
 *
 * @returns {TransformStream & { tally: Promise<object> }}
 */
export function validateStream(options) {
  const validator = options instanceof Validator ? options : new Validator(options);
  const lines = validator.lines();
  const { promise: tally, resolve, reject } = pending();
  const enqueue = (controller, reports) => reports.forEach((report) => controller.enqueue(report));
  const end = () => {
    lines.free();
    if (validator !== options) validator.free();
  };
  const fail = (reason) => {
    reject(reason);
    end();
  };
  const stream = new TransformStream({
    transform(chunk, controller) {
      try {
        enqueue(controller, lines.push(chunk));
      } catch (error) {
        fail(error);
        throw error;
      }
    },
    flush(controller) {
      const last = lines.finish();
      enqueue(controller, last.reports);
      resolve(last.tally);
      end();
    },
    cancel: (reason) => fail(reason ?? new Error("the reports were not read to the end")),
  });
  return Object.assign(stream, { tally });
}

/** A promise that nobody has to wait for. */
function pending() {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  made.promise.catch(() => {});
  return made;
}
