// `npm run console`: builds the console's files, for images and hosts of static files.
import { buildConsole } from "./build-console.ts";

console.log(await buildConsole());
