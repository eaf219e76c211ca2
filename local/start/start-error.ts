/** Something that the person who starts the system can put right; the message says how. */
export class StartError extends Error {
  override name = "StartError";
}
