import { createApi } from "#functions/middleware/create-api.ts";
import type { ApiHandler } from "#functions/middleware/create-api.ts";
import type { RouteImplementation } from "#functions/middleware/implement.ts";
import type { mediaRoutes } from "#shared/routes/media.ts";
import { createMedia } from "./create-media.ts";
import { getMedia } from "./get-media.ts";
import type { MediaDeps } from "./media-deps.ts";

const implementations = { createMedia, getMedia } satisfies Record<
  keyof typeof mediaRoutes,
  RouteImplementation<MediaDeps>
>;

export function createMediaApi(deps: MediaDeps): ApiHandler {
  return createApi(implementations, deps);
}
