// Compiles what a worker consists of, when its image is built: there nothing can be written later.
import { keepCompiled, useCompileCache } from "./compile-cache.ts";

useCompileCache();
await import("./wire-worker.ts");
keepCompiled();
