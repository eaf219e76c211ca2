import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { deployedContext } from "#infra/test/synth-fleet.ts";
import type { LambdaName } from "#shared/resources/processes.ts";

type Named = {
  FunctionName?: string;
  Handler: string;
  Code: { S3Key: string };
  Environment: { Variables: Record<string, unknown> };
};

type Template = { Resources: Record<string, { Type: string; Properties: object }> };

/** A Lambda as the template deploys it. */
export type LambdaAsset = {
  name: LambdaName;
  /** What is zipped and uploaded. */
  folder: string;
  handler: string;
  /** Variables that the template sets. */
  variables: string[];
};

export type Assets = {
  lambdas: LambdaAsset[];
  /** Folders of what is copied into the console's bucket. */
  pages: string[];
};

const app = join(import.meta.dirname, "../../infra/app.ts");

/** What `cdk deploy` would upload: runs the CDK app as it is, with its bundles, into `outdir`. */
export async function synthAssets(outdir: string): Promise<Assets> {
  const context = { ...deployedContext, "aws:cdk:bundling-stacks": ["**"], shards: "1" };
  const env = { ...process.env, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context) };
  await promisify(execFile)(process.execPath, [app], { env });
  const text = readFileSync(join(outdir, "wafleet.template.json"), "utf8");
  const resources = Object.values((JSON.parse(text) as Template).Resources);
  const folderOf = (key: string) => join(outdir, `asset.${key.replace(".zip", "")}`);
  const lambdas = resources
    .filter(({ Type }) => Type === "AWS::Lambda::Function")
    .map(({ Properties }) => Properties as Named)
    // CDK's own, which copies the console, has no name.
    .filter(({ FunctionName }) => FunctionName !== undefined)
    .map(({ FunctionName, Handler, Code, Environment }) => ({
      name: FunctionName?.replace("wafleet-", "") as LambdaName,
      folder: folderOf(Code.S3Key),
      handler: Handler,
      variables: Object.keys(Environment.Variables),
    }));
  const pages = resources
    .filter(({ Type }) => Type === "Custom::CDKBucketDeployment")
    .flatMap(({ Properties }) => (Properties as { SourceObjectKeys: string[] }).SourceObjectKeys)
    .map(folderOf);
  return { lambdas, pages };
}
