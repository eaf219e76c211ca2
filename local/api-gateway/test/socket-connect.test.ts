import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { connect, dial, nextText, startTestSocketApi } from "./test-socket-api.ts";

describe("connecting", () => {
  test("the connect event carries the handshake's headers and query, once and as lists", async () => {
    const { api, seenOnce } = await startTestSocketApi();
    const socket = dial(`${api.url}/?token=abc&tag=x&tag=y`, [], { "X-Custom": "Yes" });
    await once(socket, "open");
    const event = await seenOnce("$connect");
    expect(event).toMatchObject({
      headers: { "X-Custom": "Yes", Host: api.url.slice("ws://".length) },
      multiValueHeaders: { "X-Custom": ["Yes"] },
      queryStringParameters: { token: "abc", tag: "y" },
      multiValueQueryStringParameters: { token: ["abc"], tag: ["x", "y"] },
      requestContext: {
        routeKey: "$connect",
        eventType: "CONNECT",
        messageDirection: "IN",
        identity: { sourceIp: "127.0.0.1" },
        domainName: api.url.slice("ws://".length),
      },
      isBase64Encoded: false,
    });
    expect(event.requestContext.connectionId).toMatch(/=$/);
    for (const name of ["connectedAt", "requestTimeEpoch"]) {
      expect(event.requestContext[name]).toBeTypeOf("number");
    }
  });

  test.each([401, 403, 500])(
    "an answer of %i refuses the client with that status",
    async (statusCode) => {
      const { api, seen } = await startTestSocketApi({ $connect: () => ({ statusCode }) });
      const [, response] = (await once(dial(api.url), "unexpected-response")) as [
        unknown,
        { statusCode: number },
      ];
      expect(response.statusCode).toBe(statusCode);
      expect(seen("$disconnect")).toEqual([]);
    },
  );

  test("a connect function that throws refuses the client", async () => {
    const { api } = await startTestSocketApi({
      $connect: () => {
        throw new Error("broken");
      },
    });
    const [error] = (await once(dial(api.url), "error")) as [Error];
    expect(error.message).toContain("500");
  });

  test("the function chooses the subprotocol", async () => {
    const { api } = await startTestSocketApi({
      $connect: () => ({ statusCode: 200, headers: { "Sec-WebSocket-Protocol": "waf.v1" } }),
    });
    const socket = dial(api.url, ["token", "waf.v1"]);
    await once(socket, "open");
    expect(socket.protocol).toBe("waf.v1");
  });

  test("nothing can be posted to a client before its connect function has returned", async () => {
    const outcome = Promise.withResolvers<string>();
    const context = await startTestSocketApi({
      $connect: async (event) => {
        const name = await context
          .post(event.requestContext.connectionId, "early")
          .then(() => "sent")
          .catch((error: Error) => error.name);
        outcome.resolve(name);
        return { statusCode: 200 };
      },
    });
    const socket = await connect(context.api.url);
    expect(await outcome.promise).toBe("GoneException");
    const { requestContext } = await context.seenOnce("$connect");
    const text = nextText(socket);
    await context.post(requestContext.connectionId, "now");
    expect(await text).toBe("now");
  });
});
