import { wireApi } from "#functions/api/wire-api.ts";
import { createHangUp } from "#functions/hang-up.ts";
import { lambdaEntry } from "#functions/lambda-entry.ts";
import { readEnvironment } from "#functions/read-environment.ts";
import { managementApi } from "#shared/aws/clients.ts";
import { createKeysApi } from "./keys-api.ts";

export const handler = lambdaEntry(() => {
  const environment = readEnvironment("keys");
  const { deps } = wireApi("keys", environment);
  const hangUp = createHangUp(managementApi(environment.WAFLEET_MANAGEMENT_ENDPOINT));
  return createKeysApi({ ...deps, hangUp });
});
