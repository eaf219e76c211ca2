import type { MediaFiles } from "#functions/media-files.ts";
import type { ApiDeps } from "#functions/middleware/exchange.ts";

export type MediaDeps = ApiDeps & { media: MediaFiles };
