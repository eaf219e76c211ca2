import { readArguments, usage } from "./start/read-arguments.ts";
import { run } from "./start/run.ts";
import { StartError } from "./start/start-error.ts";
import { waitForEnd } from "./start/wait-for-end.ts";

try {
  const args = readArguments(process.argv.slice(2));
  if (args.help) console.log(usage);
  else await run(args, waitForEnd());
  process.exit(0);
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(error instanceof StartError ? 2 : 1);
}
