/**
 * Makes everything else of this entry ready; what is asked before throws. It is done once, however often it is asked
 * for, and again only when it failed.
 *
 * @param from where the module is, beside its glue when left out; or its bytes, a `Response`, a `WebAssembly.Module`
 */
export function init(from?: string | URL | object | Promise<object>): Promise<void>;

export * from "./index.js";
