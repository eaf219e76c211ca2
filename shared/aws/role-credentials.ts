import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import type { STSClient } from "@aws-sdk/client-sts";

export type AssumedRole = {
  roleArn: string;
  /** Who it is done for: the role's trust asks for it, so that no other tenant can name the role. */
  externalId: string;
};

export type RoleClient = { role: AssumedRole; region: string };

/** Credentials of somebody else's role; the client that gets them asks again before they expire. */
export function roleCredentials(sts: STSClient, { roleArn, externalId }: AssumedRole) {
  return async () => {
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: roleArn,
        ExternalId: externalId,
        RoleSessionName: "wafleet",
      }),
    );
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {};
    if (!AccessKeyId || !SecretAccessKey) throw new Error("STS gave no credentials");
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      ...(SessionToken && { sessionToken: SessionToken }),
      ...(Expiration && { expiration: Expiration }),
    };
  };
}
