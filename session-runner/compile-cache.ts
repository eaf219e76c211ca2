import { enableCompileCache, flushCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

/** Among the packages, whose code is most of it: it goes when they are installed anew. */
const directory = fileURLToPath(new URL("../node_modules/.cache/session-runner", import.meta.url));

/**
 * Compiling what a worker consists of is a fourth of its start, and its sessions wait for that. So what
 * was compiled is kept; where nothing can be written, a worker starts without.
 */
export function useCompileCache(): void {
  enableCompileCache(directory);
}

/** At once, not when the process ends: it may be killed. */
export function keepCompiled(): void {
  flushCompileCache();
}
