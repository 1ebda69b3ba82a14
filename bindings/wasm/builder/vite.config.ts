import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { facts } from "./build/facts.ts";
import { policy } from "./build/policy.ts";
import { preload } from "./build/preload.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  // Relative, so that the page works in any folder of any static server.
  base: "./",
  plugins: [facts(here("../../..")), policy(), preload()],
  resolve: { alias: { magewright: here("../js/web.js") } },
  server: { fs: { allow: [here("../../..")] } },
  worker: { format: "es", plugins: () => [facts(here("../../.."))] },
  build: { target: "es2022", modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
});
