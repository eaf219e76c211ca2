import { describe, expect, test } from "vitest";
import { closeCode, connect, startTestSocketApi } from "./test-socket-api.ts";

describe("the end of a connection", () => {
  test("is told to the disconnect function with its code and reason", async () => {
    const { api, seenOnce } = await startTestSocketApi();
    const socket = await connect(api.url);
    socket.close(4001, "done");
    const event = await seenOnce("$disconnect");
    expect(event.requestContext).toMatchObject({
      eventType: "DISCONNECT",
      disconnectStatusCode: 4001,
      disconnectReason: "done",
    });
  });

  test("comes by itself when nothing was said for too long", async () => {
    const { api } = await startTestSocketApi({}, { idleTimeoutMs: 20 });
    expect(await closeCode(await connect(api.url))).toBe(1001);
  });

  test("comes by itself after the longest time a connection may last", async () => {
    const { api } = await startTestSocketApi({}, { maxConnectionMs: 20 });
    expect(await closeCode(await connect(api.url))).toBe(1001);
  });

  test("is told for every client that is there when the API stops", async () => {
    const { api, seen } = await startTestSocketApi();
    await Promise.all([connect(api.url), connect(api.url)]);
    await api.stop();
    expect(seen("$disconnect")).toHaveLength(2);
  });
});
