/** Something that who runs the script can mend; the message says how. */
export class OperatorError extends Error {
  override name = "OperatorError";
}
