declare module "virtual:facts" {
  const facts: import("./facts.ts").Facts;
  export default facts;
}


declare module "*.css";

declare module "virtual:stock" {
  const stock: import("./profile.ts").Profile;
  export default stock;
}

declare module "*.ts?worker" {
  const Constructor: new () => Worker;
  export default Constructor;
}
