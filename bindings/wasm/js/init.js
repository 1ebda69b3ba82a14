// Entry for hosts that may not wait while they import, or keep the module elsewhere: it is there once `init` is done.
import load from "../dist/magewright.js";

/** Fetches the module, from beside its glue unless told whence, or takes what is fetched or compiled already; once. */
export async function init(from = new URL("../dist/magewright_bg.wasm", import.meta.url)) {
  await load({ module_or_path: from });
}

export * from "./api.js";
