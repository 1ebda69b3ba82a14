// Compiled, never run: the types say what the functions do.
import { MagewrightError, operations } from "magewright";

const names: string[] = operations();
// @ts-expect-error: the names are strings
const wrong: number[] = operations();

try {
  names.concat(wrong.map(String));
} catch (error) {
  if (error instanceof MagewrightError) console.log(error.code, error.pointer?.length);
}
