import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { WafleetStack } from "#infra/stack.ts";
import type { LambdaName } from "#shared/resources/processes.ts";

type LambdaProperties = {
  FunctionName: string;
  Handler: string;
  Code: { S3Key: string };
  Environment: { Variables: Record<string, unknown> };
};

type Resource = { Type: string; Properties: LambdaProperties };

/** A Lambda as the template deploys it. */
export type LambdaAsset = {
  name: LambdaName;
  /** What is zipped and uploaded. */
  folder: string;
  handler: string;
  /** Variables that the template sets. */
  variables: string[];
};

/** Synthesizes the fleet with its bundles into `outdir`. */
export function synthAssets(outdir: string): LambdaAsset[] {
  const app = new App({ outdir });
  const stack = new WafleetStack(app, "wafleet", { shards: 1 });
  const { template } = app.synth().getStackByName(stack.stackName) as {
    template: { Resources: Record<string, Resource> };
  };
  return Object.values(template.Resources)
    .filter(({ Type }) => Type === "AWS::Lambda::Function")
    .map(({ Properties: { FunctionName, Handler, Code, Environment } }) => ({
      name: FunctionName.replace("wafleet-", "") as LambdaName,
      folder: join(outdir, `asset.${Code.S3Key.replace(".zip", "")}`),
      handler: Handler,
      variables: Object.keys(Environment.Variables),
    }));
}
