import { wireApi } from "#functions/api/wire-api.ts";
import { lambdaEntry } from "#functions/lambda-entry.ts";
import { createMediaFiles } from "#functions/media-files.ts";
import { readEnvironment } from "#functions/read-environment.ts";
import { s3, s3ForLinks } from "#shared/aws/clients.ts";
import { createMediaApi } from "./media-api.ts";

export const handler = lambdaEntry(() => {
  const environment = readEnvironment("media");
  const { deps } = wireApi("media", environment);
  const clients = { s3: s3(), links: s3ForLinks() };
  const media = createMediaFiles(clients, environment.WAFLEET_MEDIA_BUCKET, deps.now);
  return createMediaApi({ ...deps, media });
});
