import { ask } from "./desk.js";

export { MagewrightError, ask } from "./desk.js";

/** The names of everything the core can be asked. */
export const operations = () => ask("operations", {});
