import { keepCompiled, useCompileCache } from "./compile-cache.ts";

useCompileCache();
// Whatever is imported above is compiled before the cache is in use.
await import("./run.ts");
keepCompiled();
