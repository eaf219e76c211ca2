import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { mockClient } from "aws-sdk-client-mock";
import { expect, test } from "vitest";
import { createHangUp } from "./hang-up.ts";

test("a connection is told why and closed, and one that is gone already is no failure", async () => {
  const api = mockClient(ApiGatewayManagementApiClient);
  const hangUp = createHangUp(new ApiGatewayManagementApiClient({ region: "us-east-1" }));
  api.on(PostToConnectionCommand).resolvesOnce({}).rejects(new Error("no answer"));
  api.on(DeleteConnectionCommand).resolves({});
  await hangUp("abc", "fell_behind");
  expect(api.commandCalls(PostToConnectionCommand)[0]?.args[0].input).toEqual({
    ConnectionId: "abc",
    Data: '{"type":"socket.closing","reason":"fell_behind"}',
  });
  expect(api.commandCalls(DeleteConnectionCommand)[0]?.args[0].input).toEqual({
    ConnectionId: "abc",
  });
  api.on(DeleteConnectionCommand).rejectsOnce(new GoneException({ message: "", $metadata: {} }));
  await expect(hangUp("abc", "fell_behind")).resolves.toBeUndefined();
  api.on(DeleteConnectionCommand).rejects(new Error("no answer"));
  await expect(hangUp("abc", "fell_behind")).rejects.toThrow("no answer");
});
