import { join } from "node:path";
import { startConsole } from "#local/console/start-console.ts";
import { startRuntime } from "#local/runtime/start-runtime.ts";
import { startSimulatorProcess } from "#local/runtime/start-simulator-process.ts";
import type { Whatsapp } from "#local/runtime/runtime.ts";
import { describeRuntime } from "./describe-runtime.ts";
import { openDataFolder } from "./open-data-folder.ts";
import type { Arguments } from "./read-arguments.ts";
import { requireFreePort } from "./require-free-port.ts";
import { writeRuntimeFile } from "./runtime-file.ts";
import type { RuntimeFile } from "./runtime-file.ts";

/** The simulator of a system that was killed ends by itself, a moment later. */
const lastOnesEndMs = 3_000;

/** Runs the whole system until `end` resolves, then ends it in order. */
export async function run(args: Arguments, end: Promise<unknown>): Promise<void> {
  const log = (source: string, line: string) => console.log(`[${source}] ${line}`);
  using folder = openDataFolder(args.data, { reset: args.reset });
  await requireFreePort(args.port, "--port");
  await requireFreePort(args["socket-port"], "--socket-port");
  await requireFreePort(args["console-port"], "--console-port");

  // Ended last to first: runners before what they store in, the simulator after all.
  await using started = new AsyncDisposableStack();
  const whatsapp = await startWhatsapp(started, args, folder.path, log);
  const runtime = started.use(
    await startRuntime({
      dataDir: folder.path,
      ports: { http: args.port, socket: args["socket-port"] },
      shards: args.shards,
      workers: args.workers,
      logLevel: args["log-level"],
      restartWorkers: true,
      whatsapp,
      log,
    }),
  );
  const { apiUrl, socketUrl, standIns } = runtime;
  const controlUrl = runtime.simulator?.controlUrl ?? null;
  const page = started.use(
    await startConsole({
      port: args["console-port"],
      apiUrl,
      socketUrl,
      controlUrl,
      mediaUrl: standIns.s3.endpoint,
    }),
  );
  const where: RuntimeFile = {
    pid: process.pid,
    apiUrl,
    socketUrl,
    consoleUrl: page.url,
    controlUrl,
    secretsUrl: standIns.secrets.endpoint,
  };
  started.use(writeRuntimeFile(folder.path, where));
  console.log(describeRuntime(where, folder.path, runtime.workers().length));
  await end;
  console.log("Ending: runners hand over, then the rest. Ctrl-C again ends at once.");
}

async function startWhatsapp(
  started: AsyncDisposableStack,
  args: Arguments,
  folder: string,
  log: (source: string, line: string) => void,
): Promise<Whatsapp> {
  if (args.whatsapp === "live") return { kind: "live" };
  const port = args["simulator-port"];
  await requireFreePort(port, "--simulator-port", lastOnesEndMs);
  const dataDir = join(folder, "simulator");
  const simulator = started.use(await startSimulatorProcess({ port, dataDir, log }));
  return { kind: "simulator", simulator };
}
