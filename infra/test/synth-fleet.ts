import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { Annotations, Match, Template } from "aws-cdk-lib/assertions";
import { WafleetStack } from "../stack.ts";
import type { WafleetProps } from "../wafleet-props.ts";

type Resource<Properties> = { Type: string; Properties: Properties; DeletionPolicy?: string };

const settings = readFileSync(new URL("../../cdk.json", import.meta.url), "utf8");

/** The switches that a deployment has, but without the bundles: those take seconds and have a test of their own. */
export const deployedContext: Record<string, unknown> = {
  ...(JSON.parse(settings) as { context: Record<string, unknown> }).context,
  "aws:cdk:bundling-stacks": [],
};

/** The checks take their time and have tests of their own. */
const unchecked = { "@aws-cdk/core:validateAgainstDefaultRules": false };

export type Fleet = {
  template: Template;
  /** What CDK warns of. */
  warnings: unknown[];
  /** Resources of one CloudFormation type by logical id, their properties as the caller knows them. */
  find<Properties>(type: string): Record<string, Resource<Properties>>;
};

/** A fleet's template, without a console. */
export function synthFleet(props: WafleetProps = {}): Fleet {
  return inFolder((outdir) => {
    const app = new App({ outdir, context: { ...deployedContext, ...unchecked } });
    const stack = new WafleetStack(app, "wafleet", props);
    const template = Template.fromStack(stack);
    return {
      template,
      warnings: Annotations.fromStack(stack)
        .findWarning("*", Match.anyValue())
        .map(({ entry }) => entry.data),
      find: <Properties>(type: string) =>
        template.findResources(type) as Record<string, Resource<Properties>>,
    };
  });
}

/** A fleet's template with a console, as `cdk deploy` makes it. */
export function synthHosted(props: WafleetProps = {}): Fleet {
  return inFolder((consoleFolder) => {
    writeFileSync(join(consoleFolder, "index.html"), "<!doctype html>");
    return synthFleet({ ...props, consoleFolder });
  });
}

/** Every resource of the template. */
export function allResources({ template }: Fleet): Resource<Record<string, unknown>>[] {
  const { Resources } = template.toJSON() as {
    Resources: Record<string, Resource<Record<string, unknown>>>;
  };
  return Object.values(Resources);
}

/** A folder that is gone when the work is done. */
export function inFolder<Result>(work: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), "wafleet-synth-"));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
