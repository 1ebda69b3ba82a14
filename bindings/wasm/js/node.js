// Entry for Node: the module is read from disk and ready when the import is.
import { readFileSync } from "node:fs";
import { initSync } from "../dist/magewright.js";

initSync({ module: readFileSync(new URL("../dist/magewright_bg.wasm", import.meta.url)) });

export * from "./api.js";
