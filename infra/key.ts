import { keyPurpose } from "#shared/resources/key-context.ts";
import { RemovalPolicy } from "aws-cdk-lib";
import { AccountRootPrincipal, PolicyDocument, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IRole } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";

/** What administrators may do: care for the key, not use it nor lend it out. */
const administration = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:Delete*",
  "kms:Describe*",
  "kms:Disable*",
  "kms:Enable*",
  "kms:Get*",
  "kms:List*",
  "kms:Put*",
  "kms:RevokeGrant",
  "kms:RotateKeyOnDemand",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:Update*",
];

/** The key that wraps the sessions' data keys. Nobody may use it until {@link allowSealing}. */
export function createKey(scope: Construct, stage: string, keepData: boolean): Key {
  return new Key(scope, "key", {
    alias: `alias/${stage}-sessions`,
    description: "Wraps the data keys that seal each session's credentials",
    enableKeyRotation: true,
    removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    policy: new PolicyDocument({
      statements: [
        new PolicyStatement({
          sid: "CareForTheKeyWithoutUsingIt",
          principals: [new AccountRootPrincipal()],
          actions: administration,
          resources: ["*"],
        }),
      ],
    }),
  });
}

/**
 * Lets a role wrap and unwrap data keys, each bound to one session by its encryption context. The
 * key's own policy says so and nothing else does: no IAM policy can open the key to another role.
 */
export function allowSealing(key: Key, role: IRole): void {
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: "SealKeysOfOneSessionAtATime",
      principals: [role],
      actions: ["kms:GenerateDataKey", "kms:Decrypt"],
      resources: ["*"],
      conditions: {
        Null: { "kms:EncryptionContext:sessionId": "false" },
        StringEquals: { "kms:EncryptionContext:purpose": keyPurpose },
        "ForAllValues:StringEquals": {
          "kms:EncryptionContextKeys": ["purpose", "sessionId"],
        },
      },
    }),
  );
}
