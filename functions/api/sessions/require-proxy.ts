import { Fault } from "#shared/faults/fault.ts";
import { mayBeCalled } from "#shared/net/may-be-called.ts";
import type { TenantTargets } from "#shared/net/tenant-targets.ts";

/**
 * Refuses at once a proxy that could never be dialled. What its name leads to is looked at each time.
 * @throws {Fault} `validation_failed`
 */
export function requireProxy(proxy: string | null | undefined, targets: TenantTargets): void {
  if (proxy == null || mayBeCalled(new URL(proxy).hostname, targets)) return;
  throw new Fault("validation_failed", {
    fields: [{ path: "settings.proxy", message: "must lead to the public internet" }],
  });
}
