import { wireApi } from "#functions/api/wire-api.ts";
import { createHangUp } from "#functions/hang-up.ts";
import { lambdaEntry } from "#functions/lambda-entry.ts";
import { readEnvironment } from "#functions/read-environment.ts";
import { managementApi } from "#shared/aws/clients.ts";
import { createAccountsApi } from "./accounts-api.ts";

export const handler = lambdaEntry(() => {
  const environment = readEnvironment("accounts");
  const { deps, client } = wireApi("accounts", environment);
  const logins = { client, name: environment.WAFLEET_LOGINS_TABLE, now: deps.now };
  const hangUp = createHangUp(managementApi(environment.WAFLEET_MANAGEMENT_ENDPOINT));
  return createAccountsApi({ ...deps, logins, hangUp });
});
