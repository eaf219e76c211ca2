// The way to WhatsApp through a tenant's proxy: one agent for the WebSocket and uploads, one
// dispatcher for downloads. Loaded only for sessions that have one.
import type { Agent } from "node:https";
import type { LookupFunction } from "node:net";
import type { Dispatcher } from "undici";
import { AddressDenied } from "#shared/net/address-denied.ts";
import { guardedLookup } from "#shared/net/guarded-agents.ts";
import { mayBeCalled } from "#shared/net/may-be-called.ts";
import type { TenantTargets } from "#shared/net/tenant-targets.ts";

export type Proxy = {
  agent: Agent;
  dispatcher: Dispatcher;
  close(): void;
};

/**
 * Names are resolved by the proxy. The proxy's own address is vetted where it is dialled.
 * @throws {AddressDenied} when it is an address that tenants may not have us call
 */
export async function openProxy(text: string, targets: TenantTargets): Promise<Proxy> {
  const url = new URL(text);
  if (!mayBeCalled(url.hostname, targets)) throw new AddressDenied(url.hostname);
  const lookup = guardedLookup(targets);
  const { agent, dispatcher } = await (url.protocol === "socks5:" ? socks : http)(url, lookup);
  return {
    agent,
    dispatcher,
    close() {
      agent.destroy();
      void dispatcher.destroy();
    },
  };
}

type Doors = Pick<Proxy, "agent" | "dispatcher">;

async function http(url: URL, lookup: LookupFunction): Promise<Doors> {
  const { HttpsProxyAgent } = await import("https-proxy-agent");
  const { ProxyAgent } = await import("undici");
  return {
    // Baileys asks for an agent of https; what it needs is one that connects.
    agent: new HttpsProxyAgent(url, { lookup }) as unknown as Agent,
    dispatcher: new ProxyAgent({ uri: url.href, proxyTls: { lookup } as object }),
  };
}

async function socks(url: URL, lookup: LookupFunction): Promise<Doors> {
  const { SocksProxyAgent } = await import("socks-proxy-agent");
  const { Socks5ProxyAgent, buildConnector } = await import("undici");
  const socketOptions = { lookup } as object;
  return {
    // Asked so, it leaves names to the proxy.
    agent: new SocksProxyAgent(url.href.replace(/^socks5:/, "socks5h:"), {
      socketOptions,
    }) as unknown as Agent,
    dispatcher: new Socks5ProxyAgent(url, { connect: buildConnector(socketOptions) }),
  };
}
