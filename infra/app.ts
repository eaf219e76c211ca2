import { bundled } from "./bundle-ahead.ts";
import { App, Tags, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { buildPage } from "./build-page.ts";
import { config } from "./config.ts";
import { readSettings } from "./settings.ts";
import { WafleetStack } from "./stack.ts";

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
const given = { ...config, ...readSettings((name) => app.node.tryGetContext(name)) };
const [consoleFolder] = await Promise.all([given.consoleFolder ?? buildPage(), bundled]);
const settings = { ...given, consoleFolder };
const stack = new WafleetStack(app, settings.stage ?? "wafleet", settings);
Tags.of(stack).add("application", "wafleet");
