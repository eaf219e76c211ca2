import {
  ApiGatewayManagementApiClient,
  GoneException,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { mockClient } from "aws-sdk-client-mock";
import { afterEach, expect, test } from "vitest";
import { createPush } from "./push.ts";

const api = mockClient(ApiGatewayManagementApiClient);
const push = createPush(new ApiGatewayManagementApiClient({ region: "us-east-1" }));

afterEach(() => api.reset());

test("a push goes to its connection", async () => {
  api.on(PostToConnectionCommand).resolves({});
  expect(await push("abc", "hello")).toBe("sent");
  const [call] = api.commandCalls(PostToConnectionCommand);
  expect(call?.args[0].input).toEqual({ ConnectionId: "abc", Data: "hello" });
});

test("a connection that is gone is told apart from one that cannot be reached now", async () => {
  api.on(PostToConnectionCommand).rejectsOnce(new GoneException({ message: "", $metadata: {} }));
  expect(await push("abc", "hello")).toBe("gone");
  api.on(PostToConnectionCommand).rejects(new Error("no answer"));
  await expect(push("abc", "hello")).rejects.toThrow("no answer");
});
