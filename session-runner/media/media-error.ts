import type { MediaReason } from "#shared/contracts/media.ts";

/** A file that cannot be had, or sent: final, with a reason that its sender is told. */
export class MediaError extends Error {
  override name = "MediaError";
  reason: MediaReason;

  constructor(reason: MediaReason, detail: string) {
    super(detail);
    this.reason = reason;
  }
}
