import { request as httpRequest } from "node:http";
import type { IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { AddressDenied } from "#shared/net/address-denied.ts";
import type { GuardedAgents } from "#shared/net/guarded-agents.ts";
import type { TenantTargets } from "#shared/net/tenant-targets.ts";
import { MediaError } from "./media-error.ts";
import type { StoredFile } from "./media-store.ts";

export type FetchOptions = {
  targets: TenantTargets;
  agents: Pick<GuardedAgents, "http" | "https">;
  /** Milliseconds without a byte. */
  silenceMs: number;
  /** Milliseconds for the whole file. */
  totalMs: number;
};

const redirectLimit = 3;

/** Opens a file that a tenant named by URL. */
export async function fetchUrl(options: FetchOptions, url: string): Promise<StoredFile> {
  const signal = AbortSignal.timeout(options.totalMs);
  let at = url;
  for (let hops = 0; hops <= redirectLimit; hops += 1) {
    const answer = await get(options, at, signal);
    const { statusCode = 0, headers } = answer;
    if (statusCode >= 300 && statusCode < 400 && headers.location) {
      answer.destroy();
      at = new URL(headers.location, at).href;
      continue;
    }
    if (statusCode !== 200) {
      answer.destroy();
      throw new MediaError("media_unreachable", `The file's server answered HTTP ${statusCode}.`);
    }
    const mimetype = headers["content-type"] ?? "application/octet-stream";
    const length = headers["content-length"];
    return { stream: answer, size: length === undefined ? undefined : Number(length), mimetype };
  }
  throw new MediaError("media_unreachable", "The file's server redirects without end.");
}

async function get(
  { targets, agents, silenceMs }: FetchOptions,
  url: string,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { protocol } = new URL(url);
  if (protocol !== "https:" && (targets === "public" || protocol !== "http:")) {
    throw new MediaError("media_unreachable", "The file's URL must be https.");
  }
  const [request, agent] =
    protocol === "https:" ? [httpsRequest, agents.https] : [httpRequest, agents.http];
  try {
    return await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request(url, { agent, signal, headers: { accept: "*/*" } })
        .once("response", resolve)
        .once("error", reject);
      asked.setTimeout(silenceMs, () => asked.destroy(new Error("the server fell silent")));
      asked.end();
    });
  } catch (error) {
    if (error instanceof AddressDenied) {
      const detail = "The file's URL leads to an address that is not public.";
      throw new MediaError("media_address_denied", detail);
    }
    throw new MediaError("media_unreachable", `The file could not be fetched: ${why(error)}.`);
  }
}

/** A code like ECONNREFUSED where there is one: messages of the network name addresses. */
function why(error: unknown): string {
  const { code, name, message } = error as { code?: string; name?: string; message?: string };
  if (name === "TimeoutError" || name === "AbortError") return "it took too long";
  return code ?? message ?? "unknown";
}
