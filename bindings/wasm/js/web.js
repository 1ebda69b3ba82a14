// Entry for browsers, workers and bundlers: the module is fetched from beside
// its glue and ready when the import is.
import init from "../dist/magewright.js";

await init({ module_or_path: new URL("../dist/magewright_bg.wasm", import.meta.url) });

export * from "./api.js";
