// The same entry in Bun, where the module is ready when the import is.
export const init = async () => {};

export * from "./bun.js";
