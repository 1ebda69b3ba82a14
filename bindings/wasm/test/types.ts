// Compiled, never run: the types say what the functions do.
import { MagewrightError, customers, operations, validate } from "magewright";

const names: string[] = operations();
// @ts-expect-error: the names are strings
const wrong: number[] = operations();

const severities: ("error" | "loss")[] = validate({ email: 7 }).violations.map((violation) => violation.severity);
const request: RequestInit = customers.update(5, { id: 5 });
// @ts-expect-error: not a release
validate("{}", { release: "2.3.7" });

try {
  fetch(request.method ?? "GET", request);
  names.concat(severities);
  names.concat(wrong.map(String));
} catch (error) {
  if (error instanceof MagewrightError) console.log(error.code, error.pointer?.length);
}
