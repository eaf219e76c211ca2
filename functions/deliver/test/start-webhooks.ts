import { metricsOff } from "#shared/resources/metrics.ts";
import { stdoutMetrics } from "#shared/metrics/stdout-metrics.ts";
import { createDeliver } from "#functions/deliver/create-deliver.ts";
import type { SendToSink } from "#functions/deliver/create-send-to-sink.ts";
import { createPost } from "#functions/deliver/post.ts";
import {
  createSessionIn,
  dispatchEvents,
  makeEvent,
  receivedDraft,
  recordOf,
} from "#functions/test/events.ts";
import { createTestWake } from "#functions/test/create-test-wake.ts";
import type { Owner } from "#functions/test/events.ts";
import { context, startSystem } from "#functions/test/start-system.ts";
import type { WafleetEvent } from "#shared/contracts/event.ts";
import type { AccountEvent } from "#shared/contracts/account-event.ts";
import { workGroup } from "#shared/contracts/webhook-work.ts";
import { newId } from "#shared/ids.ts";
import { scopes } from "#shared/routes/define-route.ts";
import { createGuardedAgents } from "#shared/net/guarded-agents.ts";

export type Webhooks = Awaited<ReturnType<typeof startWebhooks>>;

const noSinks: SendToSink = () => Promise.resolve({ error: "network_failed" });

/** The system with one tenant, its session, and the Lambdas that deliver to its webhooks. */
export async function startWebhooks(sendToSink = noSinks) {
  const system = await startSystem();
  const tenant = await system.createTenant();
  const owner = await createSessionIn(system, tenant);
  const agents = createGuardedAgents("any");
  const notices: AccountEvent[] = [];
  const { webhooks, secrets, messages, work, now, log } = system;
  const { sendWork } = work;
  const seqs = new Map<string, number>();
  const made = { name: "hooks", scopes: [...scopes] };
  // A key outlives any jump of the clock.
  const apiKey = (await system.call("createKey", { token: tenant.token, body: made })).body.key;
  const deliver = createDeliver({
    metrics: stdoutMetrics(metricsOff),
    webhooks,
    secrets,
    messages,
    sendWork,
    sendToSink,
    now,
    log,
    post: createPost({ targets: "any", agents, timeoutMs: 400 }),
    sendNotice: async (event) => {
      notices.push(event);
      const body = JSON.stringify({ type: "account.notice.v1", event });
      await system.dispatch({ Records: [recordOf(body, event.accountId)] }, context);
    },
    sleep: async (milliseconds) => void system.advance(milliseconds),
  });
  const wake = createTestWake(system);

  /** Everything that is in the queue, each until it is done, as SQS would. */
  async function run(): Promise<void> {
    for (let all = work.take(); all.length > 0; all = work.take()) {
      for (const { work } of all) await runOne(JSON.stringify(work), workGroup(work));
    }
  }

  async function runOne(body: string, group: string): Promise<void> {
    for (let count = 1; ; count += 1) {
      if (count > 20) throw new Error(`this work is never done: ${body}`);
      const record = recordOf(body, group, count);
      const { batchItemFailures } = await deliver({ Records: [record] }, context);
      if (batchItemFailures.length === 0) return;
    }
  }

  return {
    ...system,
    tenant,
    owner,
    apiKey,
    notices,
    run,
    /** Time goes on, the clock strikes, and what is due is done. */
    async pass(milliseconds: number) {
      system.advance(milliseconds);
      await wake("webhooks");
      await run();
    },
    create: async (url: string, more: object = {}) =>
      (await system.call("createWebhook", { apiKey, body: { url, ...more } })).body,
    /** So many messages come in; gives their events. */
    async receive(count = 1, to: Owner = owner): Promise<WafleetEvent[]> {
      const events: WafleetEvent[] = [];
      for (let i = 0; i < count; i += 1) {
        const seq = (seqs.get(to.sessionId) ?? 1) + 1;
        seqs.set(to.sessionId, seq);
        const event = makeEvent(to, `1.${seq}`, receivedDraft(newId("message"), `text ${seq}`));
        await dispatchEvents(system, to, event);
        events.push(event);
      }
      return events;
    },
    deliveries: async (webhookId: string, query: Record<string, string> = {}) =>
      (await system.call("listWebhookDeliveries", { apiKey, params: { webhookId }, query })).body
        .data,
    webhook: async (webhookId: string) =>
      (await system.call("getWebhook", { apiKey, params: { webhookId } })).body,
    async [Symbol.asyncDispose]() {
      agents.destroy();
      await system[Symbol.asyncDispose]();
    },
  };
}
