// Entry for Node: the module is read from disk and ready when the import is.
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { initSync } from "../dist/magewright.js";
import { crossInUnits } from "./crossing.js";

initSync({ module: readFileSync(new URL("../dist/magewright_bg.wasm", import.meta.url)) });
crossInUnits(Buffer);

export * from "./api.js";
