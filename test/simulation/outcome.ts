import type { Batches } from "./batches.ts";
import type { Cluster } from "./cluster.ts";
import type { EventLog } from "./event-log.ts";
import type { Outgoing } from "./outgoing.ts";
import type { Tenant } from "./tenant.ts";
import type { Violations } from "./violations.ts";

/** All that a run has left behind. */
export type Outcome = {
  cluster: Cluster;
  tenant: Tenant;
  outgoing: Outgoing;
  batches: Batches;
  log: EventLog;
  violations: Violations;
};
