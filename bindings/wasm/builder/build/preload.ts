// Tells the browser early of what the first verdict needs: the core would else be asked for last.
import type { HtmlTagDescriptor, Plugin } from "vite";

export function preload(): Plugin {
  return {
    name: "preload-core",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(_html, { bundle }) {
        const tags: HtmlTagDescriptor[] = [];
        for (const [file, output] of Object.entries(bundle ?? {})) {
          const href = `./${file}`;
          if (file.endsWith(".wasm")) tags.push(link({ rel: "preload", as: "fetch", type: "application/wasm", crossorigin: "", href }));
          else if (output.type === "chunk" && output.facadeModuleId?.endsWith("/js/web.js")) tags.push(link({ rel: "modulepreload", crossorigin: "", href }));
        }
        return tags;
      },
    },
  };
}

const link = (attrs: Record<string, string>): HtmlTagDescriptor => ({ tag: "link", attrs, injectTo: "head" });
