import { once } from "node:events";
import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { describe, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import { startWebSocketApi, type WebSocketApiOptions } from "../start-websocket-api.ts";

type Event = {
  requestContext: Record<string, unknown> & { connectionId: string; routeKey: string };
  headers?: Record<string, string>;
  multiValueHeaders?: Record<string, string[]>;
  queryStringParameters?: Record<string, string>;
  multiValueQueryStringParameters?: Record<string, string[]>;
  body?: string;
  isBase64Encoded: boolean;
};

type Handler = (event: Event) => unknown;

const accept: Handler = () => ({ statusCode: 200 });

async function start(
  handlers: Record<string, Handler> = {},
  options: Partial<WebSocketApiOptions> = {},
) {
  const all: Record<string, Handler> = { $connect: accept, $disconnect: accept, ...handlers };
  const events: Event[] = [];
  const api = await startWebSocketApi({
    routes: Object.keys(all).map((routeKey) => ({ routeKey, lambda: routeKey })),
    routeSelectionExpression: "$request.body.action",
    invoke: async (lambda, event) => {
      events.push(event as Event);
      return all[lambda]?.(event as Event);
    },
    ...options,
  });
  const management = new ApiGatewayManagementApiClient({
    endpoint: api.managementEndpoint,
    region: "us-east-1",
    credentials: dummyCredentials,
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    management.destroy();
    await api.stop();
  });
  const seen = (routeKey: string) =>
    events.filter((event) => event.requestContext.routeKey === routeKey);
  const seenOnce = (routeKey: string) =>
    expect
      .poll(() => seen(routeKey).length)
      .toBe(1)
      .then(() => seen(routeKey)[0] as Event);
  const post = (ConnectionId: string, Data: string | Buffer) =>
    management.send(new PostToConnectionCommand({ ConnectionId, Data }));
  return { api, management, events, seen, seenOnce, post };
}

function dial(url: string, protocols?: string[], headers?: Record<string, string>): WebSocket {
  const socket = new WebSocket(url, protocols ?? [], headers ? { headers } : {});
  onTestFinished(() => {
    // A refused socket complains about being ended before it was open.
    socket.on("error", () => {});
    socket.terminate();
  });
  return socket;
}

async function connect(url: string): Promise<WebSocket> {
  const socket = dial(url);
  await once(socket, "open");
  return socket;
}

const nextText = async (socket: WebSocket) =>
  String(((await once(socket, "message")) as [Buffer, boolean])[0]);
const closeCode = async (socket: WebSocket) => ((await once(socket, "close")) as [number])[0];

describe("connecting", () => {
  test("the connect event carries the handshake's headers and query, once and as lists", async () => {
    const { api, seenOnce } = await start();
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
      const { api, seen } = await start({ $connect: () => ({ statusCode }) });
      const [, response] = (await once(dial(api.url), "unexpected-response")) as [
        unknown,
        { statusCode: number },
      ];
      expect(response.statusCode).toBe(statusCode);
      expect(seen("$disconnect")).toEqual([]);
    },
  );

  test("a connect function that throws refuses the client", async () => {
    const { api } = await start({
      $connect: () => {
        throw new Error("broken");
      },
    });
    const [error] = (await once(dial(api.url), "error")) as [Error];
    expect(error.message).toContain("500");
  });

  test("the function chooses the subprotocol", async () => {
    const { api } = await start({
      $connect: () => ({ statusCode: 200, headers: { "Sec-WebSocket-Protocol": "waf.v1" } }),
    });
    const socket = dial(api.url, ["token", "waf.v1"]);
    await once(socket, "open");
    expect(socket.protocol).toBe("waf.v1");
  });

  test("nothing can be posted to a client before its connect function has returned", async () => {
    const outcome = Promise.withResolvers<string>();
    const context = await start({
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

describe("messages", () => {
  test("go to the route that they name, all others to the default route", async () => {
    const { api, seenOnce, seen } = await start({ subscribe: accept, $default: accept });
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
    const { api } = await start();
    const socket = await connect(api.url);
    const answer = nextText(socket);
    socket.send("{}");
    expect(JSON.parse(await answer)).toMatchObject({ message: "Forbidden" });
  });

  test("whose function fails are answered with an error, and the connection stays", async () => {
    const { api } = await start({
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
    const { api } = await start(
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
    const { api, seenOnce } = await start({ $default: accept });
    const socket = await connect(api.url);
    const part = "x".repeat(32 * 1024);
    for (let count = 1; count <= 4; count += 1) socket.send(part, { fin: count === 4 });
    expect((await seenOnce("$default")).body).toHaveLength(128 * 1024);
    expect(api.meter.read()).toMatchObject({ "apigateway.websocket-messages": 4 });
  });

  test("beyond 128 KB close the connection with 1009", async () => {
    const { api, seen } = await start({ $default: accept });
    const socket = await connect(api.url);
    const part = "x".repeat(32 * 1024);
    for (let count = 1; count <= 5; count += 1) socket.send(part, { fin: count === 5 });
    expect(await closeCode(socket)).toBe(1009);
    expect(seen("$default")).toEqual([]);
  });

  test("in a frame beyond 32 KB close the connection with 1009", async () => {
    const { api, seen } = await start({ $default: accept });
    const socket = await connect(api.url);
    socket.send("x".repeat(32 * 1024 + 1));
    expect(await closeCode(socket)).toBe(1009);
    expect(seen("$default")).toEqual([]);
  });
});

describe("the end of a connection", () => {
  test("is told to the disconnect function with its code and reason", async () => {
    const { api, seenOnce } = await start();
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
    const { api } = await start({}, { idleTimeoutMs: 20 });
    expect(await closeCode(await connect(api.url))).toBe(1001);
  });

  test("comes by itself after the longest time a connection may last", async () => {
    const { api } = await start({}, { maxConnectionMs: 20 });
    expect(await closeCode(await connect(api.url))).toBe(1001);
  });

  test("is told for every client that is there when the API stops", async () => {
    const { api, seen } = await start();
    await Promise.all([connect(api.url), connect(api.url)]);
    await api.stop();
    expect(seen("$disconnect")).toHaveLength(2);
  });
});

describe("the management API", () => {
  async function startWithClient() {
    const context = await start();
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
