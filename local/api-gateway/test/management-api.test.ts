import {
  DeleteConnectionCommand,
  GetConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { describe, expect, test } from "vitest";
import { closeCode, connect, nextText, startTestSocketApi } from "./test-socket-api.ts";

describe("the management API", () => {
  async function startWithClient() {
    const context = await startTestSocketApi();
    const socket = await connect(context.api.url);
    const { requestContext } = await context.seenOnce("$connect");
    return { ...context, socket, ConnectionId: requestContext.connectionId };
  }

  test("posts text to the client, whole even above the frame limit", async () => {
    const { socket, post, ConnectionId, api } = await startWithClient();
    const text = nextText(socket);
    await post(ConnectionId, "ü".repeat(40_000));
    expect(await text).toBe("ü".repeat(40_000));
    expect(api.meter.read()).toMatchObject({ "apigateway.websocket-messages": 3 });
  });

  test("says that a connection is gone once it has closed", async () => {
    const { socket, post, seenOnce, ConnectionId } = await startWithClient();
    socket.close();
    await seenOnce("$disconnect");
    await expect(post(ConnectionId, "late")).rejects.toMatchObject({
      name: "GoneException",
      $metadata: { httpStatusCode: 410 },
    });
  });

  test("refuses a message beyond 128 KB", async () => {
    const { post, ConnectionId } = await startWithClient();
    await expect(post(ConnectionId, "x".repeat(128 * 1024 + 1))).rejects.toMatchObject({
      name: "PayloadTooLargeException",
    });
  });

  test("describes a connection and closes it", async () => {
    const { socket, management, ConnectionId } = await startWithClient();
    const described = await management.send(new GetConnectionCommand({ ConnectionId }));
    expect(described.ConnectedAt).toBeInstanceOf(Date);
    expect(described.Identity?.SourceIp).toBe("127.0.0.1");
    const code = closeCode(socket);
    await management.send(new DeleteConnectionCommand({ ConnectionId }));
    expect(await code).toBe(1000);
  });

  test("a throttled post reaches nobody", async () => {
    const { api, socket, post, ConnectionId } = await startWithClient();
    api.faults.add({ kind: "throttle", operation: "PostToConnection", times: 1 });
    await expect(post(ConnectionId, "first")).rejects.toMatchObject({
      name: "LimitExceededException",
      $metadata: { httpStatusCode: 429 },
    });
    const text = nextText(socket);
    await post(ConnectionId, "second");
    expect(await text).toBe("second");
  });

  test("a post whose answer is dropped has reached the client", async () => {
    const { api, socket, post, ConnectionId } = await startWithClient();
    api.faults.add({ kind: "drop-answer", times: 1 });
    const text = nextText(socket);
    await expect(post(ConnectionId, "once")).rejects.toThrow();
    expect(await text).toBe("once");
  });

  test("counts connections", async () => {
    const { api } = await startWithClient();
    expect(api.meter.read()).toEqual({ "apigateway.connections": 1 });
  });
});
