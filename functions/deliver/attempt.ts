import { eventIdOf } from "#functions/store/webhook-deliveries.ts";
import type { DeliveryItem } from "#functions/store/webhook-deliveries.ts";
import * as webhookSecrets from "#functions/store/webhook-secrets.ts";
import { cutText } from "./cut-text.ts";
import type { DeliverDeps, Endpoint } from "./deliver-deps.ts";
import type { PostAnswer } from "./post.ts";
import { isSuccess } from "./is-success.ts";
import { sign } from "./sign.ts";

/** What is kept of an answer. */
const answerLimit = 2 * 1024;
/** Of attempts: a schedule's and some redeliveries. */
const keptAttempts = 20;

/** Sends an event once and notes in its delivery what came of it. */
export async function attempt(
  deps: DeliverDeps,
  endpoint: Endpoint,
  delivery: DeliveryItem,
  body: string,
): Promise<PostAnswer> {
  const { webhook, secret } = endpoint;
  const at = deps.now();
  const id = eventIdOf(delivery.sk.slice(delivery.sk.indexOf("#") + 1));
  const answer = await send(deps, endpoint, { id, at, body });
  const ms = Math.round(deps.now() - at);
  noteAttempt(deps, { webhookId: webhook.webhookId, eventId: id, body, ms, answer });
  const outcome = "error" in answer ? { error: answer.error } : { status: answer.status };
  delivery.attempts = [...delivery.attempts, { at, ms, ...outcome }].slice(-keptAttempts);
  delivery.count += 1;
  if ("error" in answer) return answer;
  const secrets = webhookSecrets.signing(secret, at);
  const hidden = hide(answer.body, [...secrets, ...Object.values(secret.headers)]);
  const { text, isCut } = cutText(hidden, answerLimit);
  const { status } = answer;
  // What most receivers say to a success, "ok" or nothing, is not worth its place.
  if (status >= 300 || text.length > 2) {
    delivery.answer = { status, body: text, isCut: isCut || answer.isCut };
  } else delete delivery.answer;
  return answer;
}

/** To its queue or bus in its owner's role, or signed to its URL. */
function send(
  deps: DeliverDeps,
  { webhook, secret }: Endpoint,
  { id, at, body }: { id: string; at: number; body: string },
): Promise<PostAnswer> {
  const { url, roleArn, accountId } = webhook;
  if (roleArn) return deps.sendToSink({ arn: url, roleArn, externalId: accountId, body });
  const timestamp = Math.floor(at / 1000);
  return deps.post({
    url,
    body,
    headers: {
      ...secret.headers,
      "content-type": "application/json",
      "user-agent": "Wafleet-Webhooks/1",
      "webhook-id": id,
      "webhook-timestamp": String(timestamp),
      "webhook-signature": sign({ id, timestamp, body }, webhookSecrets.signing(secret, at)),
    },
  });
}

type Attempted = {
  webhookId: string;
  eventId: string;
  body: string;
  ms: number;
  answer: PostAnswer;
};

function noteAttempt({ log, metrics }: DeliverDeps, attempted: Attempted): void {
  const { webhookId, eventId, body, ms, answer } = attempted;
  const outcome = "error" in answer ? { error: answer.error } : { status: answer.status };
  metrics.add(isSuccess(answer) ? "WebhooksSucceeded" : "WebhooksFailed");
  if (!log.isLevelEnabled("debug")) return;
  const { sessionId, data } = JSON.parse(body) as { sessionId?: string; data?: AboutMessage };
  const ids = { webhookId, eventId, sessionId, messageId: data?.messageId };
  log.debug({ ...ids, ...outcome, ms }, "webhook was called");
}

type AboutMessage = { messageId?: string };

/** A receiver may echo what it was sent: what is secret of that is not kept. */
function hide(text: string, secrets: readonly string[]): string {
  return secrets.reduce((hidden, secret) => hidden.replaceAll(secret, "[hidden]"), text);
}
