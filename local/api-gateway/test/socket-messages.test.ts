import { describe, expect, test } from "vitest";
import { accept, closeCode, connect, nextText, startTestSocketApi } from "./test-socket-api.ts";

describe("messages", () => {
  test("go to the route that they name, all others to the default route", async () => {
    const { api, seenOnce, seen } = await startTestSocketApi({
      subscribe: accept,
      $default: accept,
    });
    const socket = await connect(api.url);
    socket.send('{"action":"subscribe","to":1}');
    const event = await seenOnce("subscribe");
    expect(event).toMatchObject({
      requestContext: { eventType: "MESSAGE", messageId: expect.any(String) as string },
      body: '{"action":"subscribe","to":1}',
      isBase64Encoded: false,
    });
    for (const text of ["not json", '{"action":"other"}', '{"action":"$connect"}', "null"]) {
      socket.send(text);
    }
    await expect.poll(() => seen("$default").length).toBe(4);
    expect(seen("$connect")).toHaveLength(1);
  });

  test("without a fitting route are answered with Forbidden", async () => {
    const { api } = await startTestSocketApi();
    const socket = await connect(api.url);
    const answer = nextText(socket);
    socket.send("{}");
    expect(JSON.parse(await answer)).toMatchObject({ message: "Forbidden" });
  });

  test("whose function fails are answered with an error, and the connection stays", async () => {
    const { api } = await startTestSocketApi({
      $default: () => {
        throw new Error("secret");
      },
    });
    const socket = await connect(api.url);
    for (let round = 0; round < 2; round += 1) {
      const answer = nextText(socket);
      socket.send("{}");
      expect(JSON.parse(await answer)).toMatchObject({ message: "Internal server error" });
    }
  });

  test("get the function's body as an answer only on a route with a route response", async () => {
    const options = {
      routes: [
        { routeKey: "silent", lambda: "echo" },
        { routeKey: "talking", lambda: "echo", routeResponse: true },
      ],
    };
    const { api } = await startTestSocketApi(
      { echo: (event) => ({ statusCode: 200, body: event.requestContext.routeKey }) },
      options,
    );
    const socket = await connect(api.url);
    const answer = nextText(socket);
    socket.send('{"action":"silent"}');
    socket.send('{"action":"talking"}');
    expect(await answer).toBe("talking");
  });

  test("may have 128 KB in frames of 32 KB", async () => {
    const { api, seenOnce } = await startTestSocketApi({ $default: accept });
    const socket = await connect(api.url);
    const part = "x".repeat(32 * 1024);
    for (let count = 1; count <= 4; count += 1) socket.send(part, { fin: count === 4 });
    expect((await seenOnce("$default")).body).toHaveLength(128 * 1024);
    expect(api.meter.read()).toMatchObject({ "apigateway.websocket-messages": 4 });
  });

  test("beyond 128 KB close the connection with 1009", async () => {
    const { api, seen } = await startTestSocketApi({ $default: accept });
    const socket = await connect(api.url);
    const part = "x".repeat(32 * 1024);
    for (let count = 1; count <= 5; count += 1) socket.send(part, { fin: count === 5 });
    expect(await closeCode(socket)).toBe(1009);
    expect(seen("$default")).toEqual([]);
  });

  test("in a frame beyond 32 KB close the connection with 1009", async () => {
    const { api, seen } = await startTestSocketApi({ $default: accept });
    const socket = await connect(api.url);
    socket.send("x".repeat(32 * 1024 + 1));
    expect(await closeCode(socket)).toBe(1009);
    expect(seen("$default")).toEqual([]);
  });
});
