import { wireApi } from "#functions/api/wire-api.ts";
import { lambdaEntry } from "#functions/lambda-entry.ts";
import { readEnvironment } from "#functions/read-environment.ts";
import { createInsightApi } from "./insight-api.ts";

export const handler = lambdaEntry(() =>
  createInsightApi(wireApi("insight", readEnvironment("insight")).deps),
);
