import { RemovalPolicy, Validations } from "aws-cdk-lib";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";

type SecretUse = { name: string; purpose: string; whyNotRotated: string };

/** A secret that AWS makes up; it is in no template and no repository. */
export function createDeploymentSecret(
  scope: Construct,
  stage: string,
  keepData: boolean,
  { name, purpose, whyNotRotated }: SecretUse,
): Secret {
  const secret = new Secret(scope, name, {
    secretName: `${stage}-${name}`,
    description: purpose,
    generateSecretString: { passwordLength: 64, excludePunctuation: true },
    removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  Validations.of(secret).acknowledge({ id: "AwsSolutions-SMG4", reason: whyNotRotated });
  return secret;
}

export const tokenSecretUse: SecretUse = {
  name: "token-secret",
  purpose: "Signs access tokens",
  whyNotRotated:
    "Access tokens live for minutes; a new secret signs everyone out, so an operator changes it when there is cause.",
};

export const operatorSecretUse: SecretUse = {
  name: "operator-secret",
  purpose: "Shown by operators of this deployment",
  whyNotRotated: "People hold it; they change it when one of them leaves.",
};
