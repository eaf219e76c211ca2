import { z } from "zod";
import { createMediaBody, mediaSchema, mediaUploadSchema } from "../contracts/media.ts";
import { idSchema } from "../ids.ts";
import { defineRoute } from "./define-route.ts";

export const mediaRoutes = {
  createMedia: defineRoute({
    name: "createMedia",
    method: "POST",
    path: "/v1/media",
    lambda: "media",
    summary: "Get a link to upload a file to, for messages to name by its id",
    auth: { access: "scope", scope: "messages:send" },
    idempotent: true,
    body: createMediaBody,
    example: { body: { mimetype: "image/jpeg", size: 48_213 } },
    responses: { 201: { description: "Where the bytes go", body: mediaUploadSchema } },
    faults: [],
  }),
  getMedia: defineRoute({
    name: "getMedia",
    method: "GET",
    path: "/v1/media/{mediaId}",
    lambda: "media",
    summary: "Get a link to download a file: uploaded, or received",
    auth: { access: "scope", scope: "messages:read" },
    params: z.strictObject({ mediaId: idSchema("media") }),
    responses: { 200: { description: "The file and a link to it", body: mediaSchema } },
    faults: ["not_found"],
  }),
};
