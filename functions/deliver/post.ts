import { request as httpRequest } from "node:http";
import type { IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { AttemptError } from "#shared/contracts/webhook-delivery.ts";
import type { GuardedAgents } from "#shared/net/guarded-agents.ts";
import type { TenantTargets } from "#shared/net/tenant-targets.ts";
import { toAttemptError } from "./to-attempt-error.ts";

export type PostRequest = { url: string; headers: Record<string, string>; body: string };

export type PostAnswer =
  | { status: number; body: string; isCut: boolean; retryAfter?: string | undefined }
  | { error: AttemptError };

/** Sends one request and never throws: what went wrong is an answer too. */
export type Post = (request: PostRequest) => Promise<PostAnswer>;

export type PostOptions = {
  targets: TenantTargets;
  agents: Pick<GuardedAgents, "http" | "https">;
  /** For everything, from looking up the name to the end of the answer. */
  timeoutMs?: number;
};

const usualTimeoutMs = 15_000;
/** More of an answer is not read. */
const answerLimit = 64 * 1024;

/** Redirects are not followed: node's own client does not, and their 3xx is a failure. */
export function createPost({ targets, agents, timeoutMs = usualTimeoutMs }: PostOptions): Post {
  return async ({ url, headers, body }) => {
    const { protocol } = new URL(url);
    if (protocol !== "https:" && targets === "public") return { error: "not_https" };
    const [request, agent] =
      protocol === "https:" ? [httpsRequest, agents.https] : [httpRequest, agents.http];
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), timeoutMs);
    try {
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        const length = String(Buffer.byteLength(body));
        request(url, {
          method: "POST",
          agent,
          signal: limit.signal,
          headers: { ...headers, "content-length": length },
        })
          .once("response", resolve)
          .once("error", reject)
          .end(body);
      });
      return { ...(await readAnswer(answer)), retryAfter: answer.headers["retry-after"] };
    } catch (error) {
      return { error: limit.signal.aborted ? "timeout" : toAttemptError(error) };
    } finally {
      clearTimeout(timer);
    }
  };
}

/** The status counts once it is there, whatever becomes of the rest. */
async function readAnswer(answer: IncomingMessage) {
  const chunks: Buffer[] = [];
  let size = 0;
  let isCut = false;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size <= answerLimit) continue;
      isCut = true;
      break;
    }
  } catch {
    isCut = true;
  }
  const body = Buffer.concat(chunks).subarray(0, answerLimit).toString();
  return { status: answer.statusCode ?? 0, body, isCut };
}
