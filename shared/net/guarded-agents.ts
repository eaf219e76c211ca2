// Agents that dial only what they have vetted. The address is looked at when the connection is made,
// and that very address is dialled: a name that answers differently the next time gains nothing.
import { lookup as systemLookup } from "node:dns";
import type { LookupAddress } from "node:dns";
import { Agent as HttpAgent } from "node:http";
import type { AgentOptions } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { isIP } from "node:net";
import type { LookupFunction } from "node:net";
import { AddressDenied } from "./address-denied.ts";
import { isPublicAddress } from "./is-public-address.ts";
import type { TenantTargets } from "./tenant-targets.ts";

/** Gives every address of a name. */
export type Resolve = (
  host: string,
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

export type GuardedAgents = {
  http: HttpAgent;
  https: HttpsAgent;
  destroy: () => void;
};

const keptAlive: AgentOptions = { keepAlive: true, maxFreeSockets: 64, timeout: 20_000 };

const resolveAll: Resolve = (host, done) => systemLookup(host, { all: true, verbatim: true }, done);

/** Agents for hosts that tenants name. With `any`, for development, nothing is refused. */
export function createGuardedAgents(
  targets: TenantTargets,
  resolve: Resolve = resolveAll,
): GuardedAgents {
  const lookup = guardedLookup(targets, resolve);
  const http = new HttpAgent({ ...keptAlive, lookup });
  const https = new HttpsAgent({ ...keptAlive, lookup });
  // A host that is an address is never looked up.
  if (targets === "public") for (const agent of [http, https]) refuseLiterals(agent);
  return {
    http,
    https,
    destroy() {
      http.destroy();
      https.destroy();
    },
  };
}

/** Looks names up, and refuses those that lead elsewhere than `targets` says. */
export function guardedLookup(
  targets: TenantTargets,
  resolve: Resolve = resolveAll,
): LookupFunction {
  return (host, options, done) => {
    resolve(host, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return done(error ?? new Error(`${host} has no address`), "", 0);
      const denied = addresses.some(({ address }) => !isPublicAddress(address));
      if (targets === "public" && denied) return done(new AddressDenied(host), "", 0);
      if (options.all) return done(null, addresses);
      done(null, first.address, first.family);
    });
  };
}

function refuseLiterals(agent: HttpAgent): void {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, done) => {
    const host = ("host" in options && options.host) || "";
    if (!isIP(host) || isPublicAddress(host)) return connect(options, done);
    done?.(new AddressDenied(host), undefined as never);
    return undefined;
  };
}
