import { fileURLToPath } from "node:url";
import { z } from "zod";
import { inheritedVariables } from "./runner-environment.ts";
import { startNodeProcess } from "./node-process.ts";
import type { WhatsappServer } from "./runtime.ts";

export type SimulatorProcess = WhatsappServer & AsyncDisposable & { pid: number };

const script = fileURLToPath(new URL("../../simulator/main.ts", import.meta.url));
const endWithParent = new URL("./end-with-parent.ts", import.meta.url).href;
const caSchema = z.object({ pem: z.string() });
const rootSchema = z.object({ publicKey: z.string(), url: z.string() });

/** Starts the simulated WhatsApp in a process of its own, as WhatsApp itself is. */
export async function startSimulatorProcess(options: {
  port: number;
  dataDir?: string;
  log: (source: string, line: string) => void;
}): Promise<SimulatorProcess> {
  const address = Promise.withResolvers<string>();
  const child = await startNodeProcess({
    script,
    args: [
      "--port",
      String(options.port),
      ...(options.dataDir === undefined ? [] : ["--data", options.dataDir]),
    ],
    nodeArgs: ["--import", endWithParent],
    env: inheritedVariables(process.env),
    onLine(line) {
      // It introduces itself line by line on starting; the rest is news.
      const control = /^control\s+(http:\S+)\/control$/.exec(line)?.[1];
      if (control !== undefined) address.resolve(control);
      else if (!/^(?:WhatsApp|root key|state) /.test(line)) options.log("simulator", line);
    },
  });
  child.ready.catch(address.reject);
  const controlUrl = await address.promise;
  const ask = async (path: string) => (await fetch(`${controlUrl}/control/${path}`)).json();
  const root = rootSchema.parse(await ask("root"));
  const { pem: caPem } = caSchema.parse(await ask("ca"));
  return {
    pid: child.pid,
    url: root.url,
    controlUrl,
    caPem,
    rootPublicKey: Buffer.from(root.publicKey, "hex"),
    async [Symbol.asyncDispose]() {
      await child.stop("SIGTERM");
    },
  };
}
