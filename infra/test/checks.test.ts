import { App, Validations } from "aws-cdk-lib";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { AwsSolutionsChecks } from "cdk-nag";
import { expect, test } from "vitest";
import { WafleetStack } from "../stack.ts";
import { deployedContext, inFolder } from "./synth-fleet.ts";

/** The checks take their time on a busy machine. */
const limitMs = 240_000;

test(
  "the fleet passes cdk-nag's AwsSolutions and CDK's own template rules",
  () => {
    expect(() => synthChecked(() => undefined)).not.toThrow();
  },
  limitMs,
);

test(
  "the checks are on: an unprotected bucket stops the synth",
  () => {
    expect(() => synthChecked((stack) => new Bucket(stack, "open"))).toThrow(/validation/i);
  },
  limitMs,
);

function synthChecked(add: (stack: WafleetStack) => unknown): void {
  inFolder((outdir) => {
    const app = new App({ outdir, context: deployedContext });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    add(new WafleetStack(app, "wafleet", { shards: 1 }));
    app.synth();
  });
}
