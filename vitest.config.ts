import { defineConfig } from "vitest/config";
import { compiledCode } from "./test/compiled-code.ts";

const exclude = ["**/node_modules", "cdk.out", ".wafleet"];
const stories = "test/console/**/*.test.ts";
/** What replaces clocks and code in its process, or measures it, has one to itself. */
const apart = "test/{chaos,simulation}/**/*.test.ts";
/** They are among the checks, which come before the tests. */
const architecture = "test/architecture/**/*.test.ts";

export default defineConfig({
  test: {
    pool: "forks",
    // One more than two cores have: tests wait for other processes a third of their time.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is waited for comes soon, but for machines that are busy.
    expect: { poll: { timeout: 20_000 } },
    env: { NODE_COMPILE_CACHE: compiledCode },
    projects: [
      {
        extends: true,
        test: {
          name: "all",
          include: ["**/*.test.ts"],
          exclude: [...exclude, apart, architecture, stories],
          // Files share a process, and what it has loaded: a module's top level runs for the first
          // that needs it, so hooks belong into the files themselves or into functions that they call.
          isolate: false,
        },
      },
      { extends: true, test: { name: "architecture", include: [architecture], exclude } },
      { extends: true, test: { name: "apart", include: [apart], exclude, maxConcurrency: 2 } },
      {
        extends: true,
        test: {
          name: "console",
          include: [stories],
          exclude,
          globalSetup: "test/console/start-shared-console.ts",
          // Whole stories, in a browser beside everything else.
          testTimeout: 240_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
