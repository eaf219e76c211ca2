import type { SessionState } from "#shared/contracts/session-status.ts";
import { createSessionIn } from "./events.ts";
import type { Owner } from "./events.ts";
import type { System } from "./start-system.ts";
import { withTenant } from "./with-tenant.ts";
import type { Tenant } from "./with-tenant.ts";

type Scene = { system: System; tenant: Tenant; owner: Owner };

/** One system for the file; each test begins with a tenant of its own who has a session. */
export function withSession(take: (scene: Scene) => void, status: SessionState = "active"): void {
  withTenant(async ({ system, tenant }) => {
    take({ system, tenant, owner: await createSessionIn(system, tenant, status) });
  });
}
