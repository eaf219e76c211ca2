import { findMisfit } from "#shared/contracts/message-limits.ts";

const choices = ["image", "video", "audio", "voice", "document", "sticker"] as const;

export type SendAs = (typeof choices)[number];

/** A file's type, also where the browser knows none. */
export function mimetypeOf({ type }: { type: string }): string {
  return type === "" ? "application/octet-stream" : type;
}

/** What WhatsApp takes such a file as; the likeliest first. */
export function fittingKinds(file: { type: string; size: number }): SendAs[] {
  const mimetype = mimetypeOf(file);
  return choices.filter((choice) => {
    const voice = choice === "voice";
    const kind = voice ? "audio" : choice;
    return findMisfit(kind, { mimetype, size: file.size, voice }) === undefined;
  });
}
