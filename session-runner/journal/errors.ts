/** Another owner has appended: this one must close its socket and send nothing more. */
export class FencedError extends Error {
  override name = "FencedError";
}

/** The journal is there but cannot be understood. Never to be mistaken for an absent one. */
export class JournalUnreadableError extends Error {
  override name = "JournalUnreadableError";
  /** The last epoch that is known all the same. */
  lastEpoch = 0;
}
