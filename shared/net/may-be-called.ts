import { isIP } from "node:net";
import { isPublicAddress } from "./is-public-address.ts";
import type { TenantTargets } from "./tenant-targets.ts";

/**
 * False for a host of a URL that can never lead to the public internet. What a name leads to is
 * looked at each time it is called.
 */
export function mayBeCalled(hostname: string, targets: TenantTargets): boolean {
  if (targets === "any") return true;
  const host = hostname.replace(/^\[|\]$/g, "");
  if (/(?:^|\.)(?:localhost|local|internal)\.?$/.test(host)) return false;
  return !isIP(host) || isPublicAddress(host);
}
