import { z } from "zod";
import { recipientSchema } from "../address.ts";
import { idSchema } from "../ids.ts";
import { storedNumber } from "./stored-number.ts";
import {
  maxCaptionLength,
  maxContacts,
  maxInlineBytes,
  maxMentions,
  maxPlaceLength,
  maxPollOptionLength,
  maxPollQuestionLength,
  maxTextLength,
  pollOptionCounts,
} from "./message-limits.ts";
import { contactCardSchema, vcardSchema } from "./vcard.ts";

const filled = z.string().min(1, "must not be empty");
export const captionSchema = filled.max(maxCaptionLength);
const caption = captionSchema.optional();
const viewOnce = z.boolean().optional().describe("The recipient may look at it once");
const seconds = z.int().min(0).max(86_400).optional();

export const mimetypeSchema = z
  .string()
  .max(128)
  .regex(
    /^[a-z0-9][\w.+-]*\/[\w.+-]+(?: *; *[\w-]+=(?:[\w!#$%&'*+.^`|~-]+|"[ !#-[\]-~]*"))*$/i,
    "must be a media type like image/jpeg",
  );

/** Where a file comes from: exactly one of the first three. */
const source = {
  mediaId: idSchema("media").optional().describe("What POST /v1/media gave, or what was received"),
  url: z
    .url({ protocol: /^https?$/, error: "must be an http or https URL" })
    .max(2_048)
    .optional(),
  base64: z
    .base64("must be base64")
    .min(1, "must not be empty")
    .max(Math.ceil(maxInlineBytes / 3) * 4, "is too large: use POST /v1/media")
    .optional(),
  mimetype: mimetypeSchema
    .optional()
    .describe("Of base64; with a URL, instead of what its server says"),
};

function fileOf<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject({ ...source, ...shape }).superRefine((file: SourceOf, context) => {
    const given = [file.mediaId, file.url, file.base64].filter((from) => from !== undefined);
    if (given.length !== 1) {
      context.addIssue({ code: "custom", message: "needs exactly one of mediaId, url and base64" });
    }
    if (file.base64 !== undefined && file.mimetype === undefined) {
      const message = "must say what the base64 is";
      context.addIssue({ code: "custom", path: ["mimetype"], message });
    }
  });
}

type SourceOf = { mediaId?: unknown; url?: unknown; base64?: unknown; mimetype?: unknown };

const emoji = z
  .string()
  .max(64)
  .regex(/^\p{RGI_Emoji}?$/v, "must be one emoji, or empty to take the reaction back");

/** The members of each kind that can be sent, so that a request can add its own beside them. */
export const messageKinds = {
  text: {
    type: z.literal("text"),
    text: z.strictObject({
      body: filled.max(maxTextLength),
      preview: z
        .union([
          z.strictObject({
            url: z.url({ protocol: /^https?$/ }).max(2_048),
            title: filled.max(300),
            description: filled.max(1_000).optional(),
          }),
          z.literal(false),
        ])
        .optional()
        .describe(
          "Shown of a link in the text. When absent the page of the first one is looked at; false for none",
        ),
    }),
  },
  image: { type: z.literal("image"), image: fileOf({ caption, viewOnce }) },
  video: { type: z.literal("video"), video: fileOf({ caption, viewOnce, seconds }) },
  audio: {
    type: z.literal("audio"),
    audio: fileOf({
      voice: z.boolean().optional().describe("A voice note: Opus in Ogg"),
      viewOnce,
      seconds,
    }),
  },
  document: {
    type: z.literal("document"),
    document: fileOf({ caption, fileName: filled.max(255).optional() }),
  },
  sticker: { type: z.literal("sticker"), sticker: fileOf({}) },
  location: {
    type: z.literal("location"),
    location: z.strictObject({
      latitude: storedNumber.min(-90).max(90),
      longitude: storedNumber.min(-180).max(180),
      name: filled.max(maxPlaceLength).optional(),
      address: filled.max(maxPlaceLength).optional(),
    }),
  },
  contact: {
    type: z.literal("contact"),
    contact: z.strictObject({
      contacts: z
        .array(z.union([z.strictObject({ vcard: vcardSchema }), contactCardSchema]))
        .min(1)
        .max(maxContacts),
    }),
  },
  poll: {
    type: z.literal("poll"),
    poll: z
      .strictObject({
        question: filled.max(maxPollQuestionLength),
        options: z
          .array(filled.max(maxPollOptionLength))
          .min(pollOptionCounts.least)
          .max(pollOptionCounts.most)
          .refine((options) => new Set(options).size === options.length, "must differ"),
        maxAnswers: z.int().min(1).optional().describe("How many may be chosen; 1 when absent"),
      })
      .refine(({ options, maxAnswers = 1 }) => maxAnswers <= options.length, {
        path: ["maxAnswers"],
        message: "must not be more than there are options",
      }),
  },
  reaction: {
    type: z.literal("reaction"),
    reaction: z.strictObject({ messageId: idSchema("message"), emoji }),
  },
} as const;

/** What may stand beside the content of a new message. */
export const messageContext = {
  replyTo: idSchema("message")
    .optional()
    .describe(
      "The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private",
    ),
  mentions: z
    .array(recipientSchema)
    .max(maxMentions)
    .optional()
    .describe("Who is mentioned; the text says @ and their number"),
};

export const reactionBody = messageKinds.reaction.reaction.pick({ emoji: true });
