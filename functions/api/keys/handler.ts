import { wireApi } from "#functions/api/wire-api.ts";
import { lambdaEntry } from "#functions/lambda-entry.ts";
import { readEnvironment } from "#functions/read-environment.ts";
import { createKeysApi } from "./keys-api.ts";

export const handler = lambdaEntry(() =>
  createKeysApi(wireApi("keys", readEnvironment("keys")).deps),
);
