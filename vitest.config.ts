import { defineConfig } from "vitest/config";

const exclude = ["**/node_modules", "cdk.out", ".wafleet"];
const stories = "test/console/**/*.test.ts";

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: "all", include: ["**/*.test.ts"], exclude: [...exclude, stories] },
      },
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
