import { writeFileSync } from "node:fs";
import { generate } from "./generate.ts";

for (const [name, text] of Object.entries(await generate())) {
  writeFileSync(new URL(`../generated/${name}`, import.meta.url), text);
}
