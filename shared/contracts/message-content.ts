import { z } from "zod";

/** WhatsApp refuses longer texts; counted in UTF-16 units, as its clients do. */
const maxTextLength = 65_536;

/** The members of each kind, so that a request can add its own beside them. */
export const messageKinds = {
  text: {
    type: z.literal("text"),
    text: z.strictObject({ body: z.string().min(1, "must not be empty").max(maxTextLength) }),
  },
} as const;

/**
 * What a message says, by kind. A new kind is a member here, a branch in the runner's
 * to-whatsapp and from-whatsapp, and tests; nothing else.
 */
export const messageContentSchema = z.discriminatedUnion("type", [
  z.strictObject(messageKinds.text),
]);

export type MessageContent = z.infer<typeof messageContentSchema>;

/** What came in but has no kind of its own yet: WhatsApp's name for it, so that nothing is hidden. */
const unsupportedContentSchema = z.object({
  type: z.literal("unsupported"),
  unsupported: z.object({ whatsappType: z.string() }),
});

export const receivedContentSchema = z.union([messageContentSchema, unsupportedContentSchema]);

export type ReceivedContent = z.infer<typeof receivedContentSchema>;
