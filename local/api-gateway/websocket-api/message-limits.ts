/** Largest message in either direction. */
export const maxMessageBytes = 128 * 1024;

/** Largest single frame from a client. */
export const maxFrameBytes = 32 * 1024;

/** A message is billed per started 32 KB. */
export function messageUnits(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / maxFrameBytes));
}
