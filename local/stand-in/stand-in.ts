import type { Faults } from "./faults.ts";
import type { Meter } from "./meter.ts";

/** A running local stand-in of one AWS service. */
export type StandIn = AsyncDisposable & {
  /** Base URL for the SDK's `endpoint`, for example `http://127.0.0.1:4567`. */
  endpoint: string;
  faults: Faults;
  meter: Meter;
  /** Ends the server and every connection, after all state is on disk. Safe to call twice. */
  stop(): Promise<void>;
};

/** What every stand-in takes. */
export type StandInOptions = {
  /** 0 (default) picks a free port. */
  port?: number;
  /** Folder for the state that survives a restart; memory only when absent. */
  dataDir?: string;
  meter?: Meter;
  faults?: Faults;
};
