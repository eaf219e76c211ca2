import { RemovalPolicy, Validations } from "aws-cdk-lib";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";

/** The secret that signs access tokens. AWS makes it up; it is in no template and no repository. */
export function createTokenSecret(scope: Construct, stage: string, keepData: boolean): Secret {
  const secret = new Secret(scope, "token-secret", {
    secretName: `${stage}-token-secret`,
    description: "Signs access tokens",
    generateSecretString: { passwordLength: 64, excludePunctuation: true },
    removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  Validations.of(secret).acknowledge({
    id: "AwsSolutions-SMG4",
    reason:
      "Access tokens live for minutes; a new secret signs everyone out, so an operator changes it when there is cause.",
  });
  return secret;
}
