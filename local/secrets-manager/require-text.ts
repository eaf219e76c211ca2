import { secretsManagerError } from "./secrets-manager-error.ts";

const maxBytes = 65_536;

/** The value of a new version: texts only. */
export function requireText(text: string | undefined): string {
  if (text === undefined) {
    throw secretsManagerError(
      "InvalidParameterException",
      "Give a SecretString: the local stand-in keeps no SecretBinary.",
    );
  }
  if (text !== "" && Buffer.byteLength(text) <= maxBytes) return text;
  throw secretsManagerError(
    "InvalidParameterException",
    `SecretString must have 1 to ${maxBytes} bytes.`,
  );
}
