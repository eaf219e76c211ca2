import { isArn } from "#shared/contracts/sink-target.ts";
import { Fault } from "#shared/faults/fault.ts";
import { mayBeCalled } from "#shared/net/may-be-called.ts";
import type { TenantTargets } from "#shared/net/tenant-targets.ts";

type Target = { url: string; roleArn?: string | null | undefined; headerNames: string[] };

/**
 * Refuses at once what could never be called. What a name leads to is looked at with each call.
 * @throws {Fault} `validation_failed`
 */
export function requireTarget(target: Target, targets: TenantTargets): void {
  if (isArn(target.url)) return requireSink(target);
  if (target.roleArn) throw bad("roleArn", "is only for the ARN of a queue or bus");
  if (targets === "any") return;
  const { protocol, hostname } = new URL(target.url);
  if (protocol !== "https:") throw bad("url", "must start with https://");
  if (!mayBeCalled(hostname, targets)) throw bad("url", "must lead to the public internet");
}

function requireSink({ roleArn, headerNames }: Target): void {
  if (!roleArn) throw bad("roleArn", "must be given with the ARN of a queue or bus");
  if (headerNames.length > 0) throw bad("headers", "a queue or bus takes none");
}

function bad(path: string, message: string): Fault {
  return new Fault("validation_failed", { fields: [{ path, message }] });
}
