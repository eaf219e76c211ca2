import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Where Node keeps what it has compiled, for NODE_COMPILE_CACHE: hundreds of processes are started, and half of
 * what that takes is compiling the same code.
 */
export const compiledCode = join(tmpdir(), "wafleet-compiled");
