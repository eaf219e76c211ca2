// Started once for all stories: the whole system, the console in front of it, and a real Chromium.
// Stories run in processes of their own, side by side, each with accounts and phones of its own.
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { chromium as playwright } from "playwright-core";
import type { TestProject } from "vitest/node";
import { operatorSecretName } from "#local/runtime/names.ts";
import type { Runtime } from "#local/runtime/runtime.ts";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import { browserOptions, hasBrowser } from "./launch-browser.ts";
import { startSystem } from "./start-system.ts";

export type ConsolePlaces = Awaited<ReturnType<typeof startSystem>>["places"] & {
  /** Of the browser that everybody shares. */
  browserUrl: string;
  operatorSecret: string;
};

declare module "vitest" {
  interface ProvidedContext {
    console: ConsolePlaces;
  }
}

/** For vitest, which ends it by what this gives. */
export async function setup(project: TestProject) {
  if (!hasBrowser) return undefined;
  await using started = new AsyncDisposableStack();
  const { places, runtime } = started.use(await startSystem());
  const browser = await playwright.launchServer(await browserOptions());
  started.defer(() => browser.close());
  const operatorSecret = await readOperatorSecret(runtime);
  project.provide("console", { ...places, browserUrl: browser.wsEndpoint(), operatorSecret });
  const all = started.move();
  return () => all.disposeAsync();
}

async function readOperatorSecret({ standIns }: Runtime): Promise<string> {
  const client = new SecretsManagerClient({
    endpoint: standIns.secrets.endpoint,
    region: "us-east-1",
    credentials: dummyCredentials,
  });
  const command = new GetSecretValueCommand({ SecretId: operatorSecretName });
  const { SecretString: secret } = await client.send(command);
  if (secret === undefined) throw new Error("the deployment has no operator secret");
  return secret;
}
