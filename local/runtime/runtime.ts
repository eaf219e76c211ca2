import type { LocalWebSocketApi } from "#local/api-gateway/start-websocket-api.ts";
import type { LocalDynamodb } from "#local/dynamodb/start-dynamodb.ts";
import type { EcsStandIn } from "#local/ecs/start-ecs.ts";
import type { KmsStandIn } from "#local/kms/start-kms.ts";
import type { SecretsManagerStandIn } from "#local/secrets-manager/start-secrets-manager.ts";
import type { SqsStandIn } from "#local/sqs/start-sqs.ts";
import type { Meter } from "#local/stand-in/meter.ts";
import type { StandIn } from "#local/stand-in/stand-in.ts";
import type { LambdaName } from "#shared/resources/processes.ts";
import type { Exit } from "./node-process.ts";
import type { Worker, WorkerOptions } from "./workers.ts";

/** A WhatsApp server that is not WhatsApp. */
export type WhatsappServer = {
  /** What clients connect to. */
  url: string;
  controlUrl: string;
  /** Root of its certificates, 32 bytes. */
  rootPublicKey: Uint8Array;
  /** Of the TLS authority of its host for files. */
  caPem: string;
};

export type Whatsapp =
  | { kind: "simulator"; simulator: WhatsappServer }
  | { kind: "url"; url: string; /** Hex; WhatsApp's own when absent. */ rootKey?: string }
  | { kind: "live" };

export type PortName =
  | "http"
  | "socket"
  | "management"
  | "dynamodb"
  | "sqs"
  | "s3"
  | "kms"
  | "ecs"
  | "secrets"
  | "sts"
  | "events";

export type RuntimeOptions = {
  /** Folder for what survives a restart; memory only when absent. */
  dataDir?: string;
  /** A free port where absent or 0. */
  ports?: Partial<Record<PortName, number>>;
  shards?: number;
  /** How many runner processes to start with; `auto` leaves it to the schedule, as when deployed. */
  workers?: number | "auto";
  whatsapp: Whatsapp;
  logLevel?: "trace" | "debug" | "info" | "warn" | "error" | "silent";
  /** As the setting of that name when deployed; no limits when absent. */
  rateLimits?: string;
  /** More variables for runner processes. */
  env?: Record<string, string>;
  /** Node's own flags for runner processes, for example `["--import", file]`. */
  runnerArgs?: string[];
  /** The runner's main file, when it is not ours. */
  runnerScript?: string;
  /** Starts a runner process anew when it ends without having been asked to. */
  restartWorkers?: boolean;
  /** What processes print, and what goes wrong; to stderr by default. */
  log?: (source: string, line: string) => void;
};

export type StandIns = {
  dynamodb: LocalDynamodb;
  sqs: SqsStandIn;
  s3: StandIn;
  kms: KmsStandIn;
  ecs: EcsStandIn;
  secrets: SecretsManagerStandIn;
  sts: StandIn;
  events: StandIn;
  httpApi: StandIn;
  socketApi: LocalWebSocketApi;
};

/** The whole system on this machine. */
export type Runtime = AsyncDisposable & {
  apiUrl: string;
  socketUrl: string;
  /** The one it was started with, if any. */
  simulator?: WhatsappServer;
  standIns: StandIns;
  /** What AWS would bill, of all stand-ins. */
  meter: Meter;
  /** Every AWS_… and WAFLEET_… variable that a process may get. */
  environment: Record<string, string>;
  /** Runner processes that are running now. */
  workers: () => Worker[];
  startWorker: (options?: WorkerOptions) => Promise<Worker>;
  /** SIGTERM lets it hand over first, SIGKILL does not. Resolves when it is gone. */
  stopWorker: (id: string, signal: "SIGTERM" | "SIGKILL") => Promise<Exit>;
  invoke: (lambda: LambdaName, event: unknown) => Promise<unknown>;
  /** Ends runners first, then doors and functions, then what they store in. Safe to call twice. */
  stop: () => Promise<void>;
};
