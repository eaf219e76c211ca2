import { Fault } from "#shared/faults/fault.ts";
import { mayBeCalled } from "#shared/net/may-be-called.ts";
import type { TenantTargets } from "#shared/net/tenant-targets.ts";

/**
 * Refuses at once what could never be called. What a name leads to is looked at with each call.
 * @throws {Fault} `validation_failed`
 */
export function requireTarget(text: string, targets: TenantTargets): void {
  if (targets === "any") return;
  const { protocol, hostname } = new URL(text);
  if (protocol !== "https:") throw badUrl("must start with https://");
  if (!mayBeCalled(hostname, targets)) throw badUrl("must lead to the public internet");
}

function badUrl(message: string): Fault {
  return new Fault("validation_failed", { fields: [{ path: "url", message }] });
}
