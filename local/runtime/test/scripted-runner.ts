import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "#local/stand-in/test/temporary-folder.ts";

/** A script that stands where the runner's main file would, with this code in it. */
export async function scriptedRunner(code: string): Promise<string> {
  const file = join(await temporaryFolder(), "runner.ts");
  await writeFile(file, code);
  return file;
}

/** Says that it is ready, and ends in peace when asked to or left alone. */
export const obedient = `
  process.once("SIGTERM", () => { console.log("asked to end"); process.exit(0); });
  process.once("disconnect", () => process.exit(0));
  process.send("ready");`;
