import { DemoError } from "./demo/demo-error.ts";
import { findPlaces } from "./demo/find-places.ts";
import { createNarrator } from "./demo/narrator.ts";
import { tellStory } from "./demo/story.ts";
import { StartError } from "./start/start-error.ts";

try {
  const startedAt = performance.now();
  await tellStory(findPlaces(process.argv.slice(2)), createNarrator(console.log));
  console.log(`\nAll of it worked, in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
  process.exit(0);
} catch (error) {
  const isExpected = error instanceof DemoError || error instanceof StartError;
  console.error(isExpected ? `\n${error.message}` : error);
  process.exit(1);
}
