import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { createMeter } from "#local/stand-in/meter.ts";
import { toAwsVariables, settingsOf, toSettings } from "./environment.ts";
import type { Settings } from "./environment.ts";
import { keepCertificate } from "./keep-certificate.ts";
import { inheritedVariables, whatsappVariables } from "./runner-environment.ts";
import type { Runtime, RuntimeOptions } from "./runtime.ts";
import { startControlPlane } from "./start-control-plane.ts";
import { startStandIns } from "./start-stand-ins.ts";
import { sweepExpiredItems } from "./sweep-expired-items.ts";
import { keepWorkers } from "./keep-workers.ts";
import { startSchedules } from "./schedules.ts";
import { createWorkers } from "./workers.ts";
import type { Workers } from "./workers.ts";

const defaultShards = 4;
const runnerScript = fileURLToPath(new URL("../../session-runner/main.ts", import.meta.url));

/** Starts the whole system on this machine: what is deployed, against local stand-ins of AWS. */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  await using started = new AsyncDisposableStack();
  const { whatsapp } = options;
  const meter = createMeter();
  const log = options.log ?? ((source, line) => console.error(`[${source}] ${line}`));
  const shards = options.shards ?? defaultShards;

  const auto = options.workers === "auto";
  const first = options.workers === "auto" ? 0 : (options.workers ?? 1);
  let setWorkers: (count: number) => Promise<void> = () => Promise.resolve();

  const stores = await startStandIns(started, {
    ...options,
    shards,
    meter,
    desiredWorkers: first,
    onDesiredWorkers: (count) => void setWorkers(count),
  });
  started.use(sweepExpiredItems(stores.dynamodb, log));
  const { logLevel = "warn", rateLimits } = options;
  const plane = await startControlPlane(started, {
    stores,
    meter,
    ports: options.ports ?? {},
    log,
    toSettings: (socketApi) =>
      toSettings({ ...stores, socketApi }, { shards, logLevel, rateLimits }),
  });
  const aws = toAwsVariables({ ...stores, socketApi: plane.socketApi });
  const trusted = await keepCertificate(started, whatsapp);
  const env = { ...trusted, ...options.env };
  const workers = started.use(runnerWorkers({ ...options, env }, plane.settings, aws, log));
  await Promise.all(Array.from({ length: first }, () => workers.start()));
  if (auto) {
    const onError = (error: unknown) => log("schedule", String(error));
    setWorkers = keepWorkers(workers, onError);
    started.use(startSchedules(plane.invoke, onError));
  }

  const all = started.move();
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= all.disposeAsync());
  return {
    apiUrl: plane.httpApi.endpoint,
    socketUrl: plane.socketApi.url,
    ...(whatsapp.kind === "simulator" && { simulator: whatsapp.simulator }),
    standIns: { ...stores, httpApi: plane.httpApi, socketApi: plane.socketApi },
    meter,
    environment: { ...aws, ...plane.settings, ...whatsappVariables(whatsapp) },
    workers: workers.list,
    startWorker: workers.start,
    stopWorker: workers.stop,
    invoke: plane.invoke,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function runnerWorkers(
  options: RuntimeOptions,
  settings: Settings,
  aws: Record<string, string>,
  log: (source: string, line: string) => void,
): Workers {
  let count = 0;
  return createWorkers({
    script: options.runnerScript ?? runnerScript,
    nodeArgs: options.runnerArgs ?? [],
    env: {
      ...inheritedVariables(process.env),
      ...aws,
      ...settingsOf("runner", settings),
      ...whatsappVariables(options.whatsapp),
      ...options.env,
    },
    restart: options.restartWorkers ?? false,
    // Never one that an earlier process had: the fleet would take the two for one.
    newId: () => `worker-${(count += 1)}-${randomBytes(3).toString("hex")}`,
    log,
  });
}
