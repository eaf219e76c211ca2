// What a message says, as it is stored, queued and shown: one shape for both directions.
import { z } from "zod";
import { idSchema } from "../ids.ts";
import { mediaReasons, mediaStatuses } from "./media.ts";

/** Another message, as WhatsApp names it. */
export const messageTargetSchema = z.object({
  messageId: idSchema("message").nullable().describe("Null when it is not known here any more"),
  whatsappId: z.string(),
  /** JID of who wrote it; empty when that is us. */
  sender: z.string().describe("Address of who wrote it; empty when it is the session's own"),
});

export type MessageTarget = z.infer<typeof messageTargetSchema>;

const context = {
  replyTo: messageTargetSchema
    .extend({
      type: z.string(),
      text: z.string(),
      chat: z.string().optional().describe("The group where it was said, when answered in private"),
    })
    .optional()
    .describe("The message that is quoted, and how it begins"),
  mentions: z.array(z.string()).optional(),
  forwarded: z.boolean().optional(),
};

/** A file: sent from `mediaId` or `url`, or received and kept under `mediaId` once it is ready. */
const file = {
  mediaId: idSchema("media").optional(),
  url: z.string().optional(),
  mimetype: z.string().optional(),
  size: z.int().optional().describe("Bytes"),
  sha256: z.string().optional().describe("Of the file, in hex"),
  mediaStatus: z.enum(mediaStatuses).optional().describe("Whether what was received can be had"),
  mediaReason: z.enum(mediaReasons).optional(),
};

const caption = z.string().optional();
const viewOnce = z.boolean().optional();
const seconds = z.int().optional();

function kind<const Type extends string, Content extends z.ZodType>(type: Type, content: Content) {
  return z.object({ type: z.literal(type), [type]: content, ...context } as {
    type: z.ZodLiteral<Type>;
  } & { [T in Type]: Content } & typeof context);
}

const fileContents = {
  image: kind("image", z.object({ ...file, caption, viewOnce })),
  video: kind("video", z.object({ ...file, caption, viewOnce, seconds })),
  audio: kind("audio", z.object({ ...file, voice: z.boolean().optional(), viewOnce, seconds })),
  document: kind("document", z.object({ ...file, caption, fileName: z.string().optional() })),
  sticker: kind("sticker", z.object({ ...file, animated: z.boolean().optional() })),
};

/**
 * What can be sent. A new kind is a member here and in message-kinds, a branch in the runner's
 * to-whatsapp and from-whatsapp, and tests; nothing else.
 */
const sentContents = [
  kind(
    "text",
    z.object({
      body: z.string(),
      preview: z
        .union([
          z.object({ url: z.string(), title: z.string(), description: z.string().optional() }),
          z.literal(false),
        ])
        .optional()
        .describe("What is shown of a link; false when nothing is to be"),
    }),
  ),
  fileContents.image,
  fileContents.video,
  fileContents.audio,
  fileContents.document,
  fileContents.sticker,
  kind(
    "location",
    z.object({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      name: z.string().optional(),
      address: z.string().optional(),
      live: z.boolean().optional(),
    }),
  ),
  kind(
    "contact",
    z.object({ contacts: z.array(z.object({ name: z.string(), vcard: z.string() })) }),
  ),
  kind(
    "poll",
    z.object({ question: z.string(), options: z.array(z.string()), maxAnswers: z.int() }),
  ),
  kind("reaction", z.object({ to: messageTargetSchema, emoji: z.string() })),
  kind(
    "edit",
    z.object({
      of: messageTargetSchema,
      body: z.string().describe("What it says now: the text, or what stands under the file"),
      file: z
        .discriminatedUnion("type", [fileContents.image, fileContents.video, fileContents.document])
        .optional(),
    }),
  ),
  kind("deletion", z.object({ of: messageTargetSchema })),
] as const;

export const messageContentSchema = z.discriminatedUnion("type", sentContents);

export type MessageContent = z.infer<typeof messageContentSchema>;

/** Came in, and cannot be shown here: view-once content goes to the phone alone, and what was erased is gone. */
const unavailable = kind(
  "unavailable",
  z.object({ reason: z.enum(["view_once", "erased", "other"]) }),
);

/** What came in but has no kind of its own yet: WhatsApp's name for it, so that nothing is hidden. */
const unsupported = kind("unsupported", z.object({ whatsappType: z.string() }));

export const receivedContentSchema = z.discriminatedUnion("type", [
  ...sentContents,
  unavailable,
  unsupported,
]);

export type ReceivedContent = z.infer<typeof receivedContentSchema>;

/** What changes another message is none that a person could answer, change or forward. */
export function isAction({ type }: ReceivedContent): boolean {
  return type === "reaction" || type === "edit" || type === "deletion";
}

/** The content of a message that carries a file. */
export type FileContent = z.infer<(typeof fileContents)[keyof typeof fileContents]>;

export function hasFile(content: ReceivedContent): content is FileContent {
  return content.type in fileContents;
}

/** The message whose file this one goes out with: its own, or the edited one's. */
export function fileOf(
  content: ReceivedContent,
): { file: FileContent; ofMessage: string | null | undefined } | undefined {
  if (hasFile(content)) return { file: content, ofMessage: undefined };
  if (content.type !== "edit" || !content.edit.file) return undefined;
  return { file: content.edit.file, ofMessage: content.edit.of.messageId };
}

/** What every file has, whatever its kind. */
export type FileFacts = z.infer<z.ZodObject<typeof file>> & {
  caption?: string | undefined;
  fileName?: string | undefined;
};

/** The file of a message that carries one. */
export function fileFacts(content: FileContent): FileFacts {
  return (content as unknown as Record<string, FileFacts>)[content.type] as FileFacts;
}

/** The same message with other facts about its file. */
export function withFile(content: FileContent, facts: Partial<FileFacts>): FileContent {
  const changed = { ...fileFacts(content), ...facts };
  return { ...content, [content.type]: changed };
}

/** What a person would read of it: the text, or what stands under a file. */
export function textOf(content: ReceivedContent): string {
  switch (content.type) {
    case "text":
      return content.text.body;
    case "poll":
      return content.poll.question;
    case "location":
      return content.location.name ?? "";
    case "contact":
      return content.contact.contacts.map(({ name }) => name).join(", ");
    default:
      return hasFile(content) ? (fileFacts(content).caption ?? "") : "";
  }
}
