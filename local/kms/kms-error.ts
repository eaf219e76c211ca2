import { AwsError } from "../stand-in/aws-error.ts";

/** The errors of KMS that the stand-in can answer. */
export type KmsErrorName =
  | "AlreadyExistsException"
  | "IncorrectKeyException"
  | "InvalidAliasNameException"
  | "InvalidCiphertextException"
  | "NotFoundException"
  | "ThrottlingException"
  | "ValidationException";

export function kmsError(name: KmsErrorName, message: string): AwsError {
  return new AwsError(name, message);
}
