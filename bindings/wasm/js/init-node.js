// The same entry in Node, where the module is ready when the import is.
export const init = async () => {};

export * from "./node.js";
