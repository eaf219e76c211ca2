import { bundled } from "./bundle-ahead.ts";
import { App, Tags, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { config } from "./config.ts";
import { readSettings } from "./settings.ts";
import { WafleetStack } from "./stack.ts";

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
const settings = { ...config, ...readSettings((name) => app.node.tryGetContext(name)) };
await bundled;
const stack = new WafleetStack(app, settings.stage ?? "wafleet", settings);
Tags.of(stack).add("application", "wafleet");
