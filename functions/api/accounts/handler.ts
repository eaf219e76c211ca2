import { wireApi } from "#functions/api/wire-api.ts";
import { lambdaEntry } from "#functions/lambda-entry.ts";
import { readEnvironment } from "#functions/read-environment.ts";
import { createAccountsApi } from "./accounts-api.ts";

export const handler = lambdaEntry(() =>
  createAccountsApi(wireApi("accounts", readEnvironment("accounts")).deps),
);
