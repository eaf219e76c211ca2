import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  // Files refer to each other relatively, so that the folder can lie anywhere on a host.
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    // An inlined file would be a data: URL, which the page's policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2023",
  },
  logLevel: "warn",
});
