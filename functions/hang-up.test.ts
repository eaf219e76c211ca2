import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GoneException,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { mockClient } from "aws-sdk-client-mock";
import { expect, test } from "vitest";
import { createHangUp } from "./hang-up.ts";

test("a connection is closed, and one that is gone already is no failure", async () => {
  const api = mockClient(ApiGatewayManagementApiClient);
  const hangUp = createHangUp(new ApiGatewayManagementApiClient({ region: "us-east-1" }));
  api.on(DeleteConnectionCommand).resolves({});
  await hangUp("abc");
  expect(api.commandCalls(DeleteConnectionCommand)[0]?.args[0].input).toEqual({
    ConnectionId: "abc",
  });
  api.on(DeleteConnectionCommand).rejectsOnce(new GoneException({ message: "", $metadata: {} }));
  await expect(hangUp("abc")).resolves.toBeUndefined();
  api.on(DeleteConnectionCommand).rejects(new Error("no answer"));
  await expect(hangUp("abc")).rejects.toThrow("no answer");
});
