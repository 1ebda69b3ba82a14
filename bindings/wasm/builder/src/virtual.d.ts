declare module "virtual:facts" {
  const facts: import("./facts.ts").Facts;
  export default facts;
}

declare module "*?worker" {
  const Constructor: new () => Worker;
  export default Constructor;
}

declare module "*.css";

declare module "virtual:stock" {
  const stock: import("./profile.ts").Profile;
  export default stock;
}
