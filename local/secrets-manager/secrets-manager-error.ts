import { AwsError } from "#local/stand-in/aws-error.ts";

/** The errors of Secrets Manager that the stand-in can answer. */
export type SecretsManagerErrorName =
  | "InvalidParameterException"
  | "ResourceExistsException"
  | "ResourceNotFoundException"
  | "ThrottlingException";

export function secretsManagerError(name: SecretsManagerErrorName, message: string): AwsError {
  return new AwsError(name, message);
}
