// What WhatsApp takes. "FAQ" is faq.whatsapp.com, "Cloud API" is WhatsApp's own reference for
// businesses (developers.facebook.com/docs/whatsapp); where neither says, what its clients let one type.

/** Clients cut texts here; counted in UTF-16 units, as they count. */
export const maxTextLength = 65_536;

/** Cloud API, media messages. */
export const maxCaptionLength = 1_024;

/** Clients: the question of a poll, and each of its answers. */
export const maxPollQuestionLength = 255;
export const maxPollOptionLength = 100;

/** FAQ, "How to create a poll": at least two options, up to twelve. */
export const pollOptionCounts = { least: 2, most: 12 } as const;

/** Cloud API, location messages: name and address. */
export const maxPlaceLength = 1_000;

/** Ours: clients show three lines of what is quoted, and who has it shows it himself. */
export const maxQuoteLength = 1_024;

/** Ours: a message with its contacts stays well within one queue message and one stored item. */
export const maxContacts = 20;
export const maxVcardLength = 8_192;

/** FAQ, groups have up to 1,024 members: nobody can be mentioned more often. */
export const maxMentions = 1_024;

/** FAQ, "How to edit messages": up to 15 minutes after sending. */
export const editWindowMs = 15 * 60_000;

/** FAQ, "How to delete messages": about two days after sending. */
export const deleteWindowMs = 60 * 3_600_000;

/** Ours: larger files are uploaded, or named by a URL, so that they stay out of request and queue. */
export const maxInlineBytes = 256 * 1_024;

const MiB = 1_024 * 1_024;

type FileLimit = {
  /** Bytes. */
  maxBytes: number;
  /** What may be in the file; null when anything. */
  mimetypes: readonly string[] | null;
};

/**
 * FAQ, "About sending media": 16 MB for photos, videos and audio, 2 GB for documents. Cloud API: types,
 * and 500 KB for a sticker.
 */
export const fileLimits = {
  image: { maxBytes: 16 * MiB, mimetypes: ["image/jpeg", "image/png", "image/webp"] },
  video: { maxBytes: 16 * MiB, mimetypes: ["video/mp4", "video/3gpp"] },
  audio: {
    maxBytes: 16 * MiB,
    mimetypes: ["audio/aac", "audio/amr", "audio/mp4", "audio/mpeg", "audio/ogg"],
  },
  document: { maxBytes: 2_048 * MiB, mimetypes: null },
  sticker: { maxBytes: 500 * 1_024, mimetypes: ["image/webp"] },
} as const satisfies Record<string, FileLimit>;

export type FileKind = keyof typeof fileLimits;

export const fileKinds = Object.keys(fileLimits) as FileKind[];

/** Clients play a voice note in this form only. */
export const voiceMimetype = "audio/ogg";

/** `image/jpeg` of `image/jpeg; charset=binary`, in lower case. */
export function baseMimetype(mimetype: string): string {
  return (mimetype.split(";")[0] ?? "").trim().toLowerCase();
}

export type FileMisfit = {
  reason: "media_empty" | "media_too_large" | "media_wrong_type";
  detail: string;
};

/** Why WhatsApp would not take such a file as this kind; undefined when it would. */
export function findMisfit(
  kind: FileKind,
  file: { mimetype: string; size: number | undefined; voice?: boolean | undefined },
): FileMisfit | undefined {
  const { maxBytes, mimetypes } = fileLimits[kind];
  if (file.size === 0) return { reason: "media_empty", detail: "The file is empty." };
  if (file.size !== undefined && file.size > maxBytes) {
    const detail = `The file is larger than the ${maxBytes} bytes that WhatsApp takes as ${kind}.`;
    return { reason: "media_too_large", detail };
  }
  const allowed: readonly string[] | null = file.voice ? [voiceMimetype] : mimetypes;
  if (allowed?.includes(baseMimetype(file.mimetype)) ?? true) return undefined;
  const kindName = file.voice ? "a voice note" : kind;
  const detail = `The file is ${file.mimetype}; WhatsApp takes as ${kindName}: ${allowed?.join(", ")}.`;
  return { reason: "media_wrong_type", detail };
}
