/** What went wrong in words for the reader: one of the texts. */
export class TextError extends Error {
  override name = "TextError";
}
