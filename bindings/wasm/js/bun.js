// Entry for Bun: the module is named as a file, which Bun's bundler puts beside what it writes, or into it.
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import file from "../dist/magewright_bg.wasm" with { type: "file" };
import { initSync } from "../dist/magewright.js";
import { crossInUnits } from "./crossing.js";

initSync({ module: readFileSync(resolve(import.meta.dirname, file)) });
crossInUnits(Buffer);

export * from "./api.js";
