import { environmentDefaults } from "#shared/resources/environment.ts";
import type { LambdaName } from "#shared/resources/processes.ts";
import type { APIGatewayProxyEventV2, Context, SQSEvent } from "aws-lambda";
import { afterEach, expect, test, vi } from "vitest";
import { requestEvent } from "./request-event.ts";
import { startSystem } from "./start-system.ts";

type Handler = (event: never, context: Context) => Promise<unknown>;

const entries: Record<LambdaName, () => Promise<{ handler: Handler }>> = {
  accounts: () => import("#functions/api/accounts/handler.ts"),
  keys: () => import("#functions/api/keys/handler.ts"),
  sessions: () => import("#functions/api/sessions/handler.ts"),
  media: () => import("#functions/api/media/handler.ts"),
  messages: () => import("#functions/api/messages/handler.ts"),
  chats: () => import("#functions/api/chats/handler.ts"),
  events: () => import("#functions/api/events/handler.ts"),
  insight: () => import("#functions/api/insight/handler.ts"),
  operator: () => import("#functions/api/operator/handler.ts"),
  socket: () => import("#functions/socket/handler.ts"),
  schedule: () => import("#functions/schedule/handler.ts"),
  dispatch: () => import("#functions/dispatch/handler.ts"),
  webhooks: () => import("#functions/api/webhooks/handler.ts"),
  deliver: () => import("#functions/deliver/handler.ts"),
  batches: () => import("#functions/batches/handler.ts"),
  wake: () => import("#functions/wake/handler.ts"),
};
const areas = Object.keys(entries) as LambdaName[];

afterEach(() => vi.unstubAllEnvs());

test.for(areas)("%s names each setting that it misses, when it is first called", async (area) => {
  const { handler } = await entries[area]();
  const event = { Records: [] } as SQSEvent;
  await expect(handler(event as never, {} as Context)).rejects.toThrow(
    /WAFLEET_(?:CONTROL|FLEET|WEBHOOKS)_TABLE/,
  );
});

test("a Lambda wires itself from its environment and answers", async () => {
  vi.stubEnv("AWS_REGION", "us-east-1");
  vi.stubEnv("WAFLEET_CONTROL_TABLE", "control");
  vi.stubEnv("WAFLEET_AUDIT_TABLE", "audit");
  vi.stubEnv("WAFLEET_MESSAGES_TABLE", "messages");
  for (const [name, value] of Object.entries(environmentDefaults)) vi.stubEnv(name, value);
  vi.stubEnv("WAFLEET_TOKEN_SECRET_ID", "secret");
  vi.stubEnv("WAFLEET_LOG_LEVEL", "silent");
  const { handler } = await entries.insight();
  const answer = await handler(requestEvent("getHealth", {}) as never, {} as Context);
  expect(answer).toMatchObject({ statusCode: 200, body: '{"status":"ok"}' });
});

test("a route that is not there is a 404 that says so", async () => {
  await using system = await startSystem();
  const event = requestEvent("getHealth", {});
  const unknown: APIGatewayProxyEventV2 = {
    ...event,
    requestContext: { ...event.requestContext, routeKey: "GET /v1/nothing" },
  };
  const result = await system.apis.insight(unknown, {} as Context);
  expect(result.statusCode).toBe(404);
  expect(result.body).toContain("route_not_found");
});
