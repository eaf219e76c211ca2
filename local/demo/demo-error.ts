/** A step of the demo did not come out as told; the message says what was seen instead. */
export class DemoError extends Error {
  override name = "DemoError";
}
