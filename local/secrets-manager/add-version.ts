import type { Secret, SecretVersion } from "./secret-store.ts";
import { secretsManagerError } from "./secrets-manager-error.ts";

/**
 * The secret with a new current version; the former one becomes AWSPREVIOUS and older ones, which
 * nothing names any more, go. The same id with the same text changes nothing.
 */
export function addVersion(
  secret: Secret,
  version: { id: string; text: string; createdAt: number },
): { secret: Secret; version: SecretVersion } {
  const known = secret.versions.find(({ id }) => id === version.id);
  if (known && known.text !== version.text) {
    throw secretsManagerError(
      "ResourceExistsException",
      "A version with this ClientRequestToken exists and has another value.",
    );
  }
  if (known) return { secret, version: known };
  const current = { ...version, stages: ["AWSCURRENT"] };
  const previous = secret.versions
    .filter(({ stages }) => stages.includes("AWSCURRENT"))
    .map((former) => ({ ...former, stages: ["AWSPREVIOUS"] }));
  return { secret: { ...secret, versions: [...previous, current] }, version: current };
}
