import { request as httpRequest } from "node:http";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { describe, expect, onTestFinished, test } from "vitest";
import { type HttpApiOptions, startHttpApi } from "../start-http-api.ts";

type Handler = (event: APIGatewayProxyEventV2, lambda: string) => unknown;

const routes = [
  { method: "GET", path: "/v1/sessions", lambda: "list" },
  { method: "POST", path: "/v1/sessions", lambda: "create" },
  { method: "GET", path: "/v1/sessions/{id}", lambda: "read" },
  { method: "GET", path: "/v1/sessions/mine", lambda: "mine" },
  { method: "ANY", path: "/files/{proxy+}", lambda: "files" },
];

/** Starts an API whose functions all are `handler`; by default it answers with its own event. */
async function start(handler: Handler = (event) => event, options: Partial<HttpApiOptions> = {}) {
  const api = await startHttpApi({
    routes,
    invoke: async (lambda, event) => handler(event as APIGatewayProxyEventV2, lambda),
    ...options,
  });
  onTestFinished(() => api.stop());
  const call = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${api.endpoint}${path}`, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text };
  };
  const event = async (path: string, init: RequestInit = {}) =>
    JSON.parse((await call(path, init)).text) as APIGatewayProxyEventV2;
  return { api, call, event };
}

describe("the event of a request", () => {
  test("has everything that payload format 2.0 has", async () => {
    const { api, event } = await start();
    const received = await event("/v1/sessions/a%20b?tag=x&tag=y&q=a%26b", {
      headers: { "User-Agent": "test", Cookie: "one=1; two=2", "X-Mixed-Case": "Yes" },
    });
    const host = api.endpoint.slice("http://".length);
    expect(received).toEqual({
      version: "2.0",
      routeKey: "GET /v1/sessions/{id}",
      rawPath: "/v1/sessions/a%20b",
      rawQueryString: "tag=x&tag=y&q=a%26b",
      cookies: ["one=1", "two=2"],
      headers: expect.objectContaining({
        host,
        "user-agent": "test",
        "x-mixed-case": "Yes",
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-proto": "http",
      }) as unknown,
      queryStringParameters: { tag: "x,y", q: "a&b" },
      pathParameters: { id: "a b" },
      requestContext: {
        accountId: expect.any(String) as string,
        apiId: expect.any(String) as string,
        domainName: host,
        domainPrefix: "127",
        http: {
          method: "GET",
          path: "/v1/sessions/a%20b",
          protocol: "HTTP/1.1",
          sourceIp: "127.0.0.1",
          userAgent: "test",
        },
        requestId: expect.any(String) as string,
        routeKey: "GET /v1/sessions/{id}",
        stage: "$default",
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/) as string,
        timeEpoch: expect.any(Number) as number,
      },
      isBase64Encoded: false,
    });
    expect(received.headers["cookie"]).toBeUndefined();
  });

  test("joins repeated headers with a comma", async () => {
    const { api } = await start();
    const text = await new Promise<string>((resolve, reject) => {
      httpRequest(
        `${api.endpoint}/v1/sessions`,
        { headers: { "x-list": ["a", "b"] } },
        (response) => {
          response.setEncoding("utf8");
          let body = "";
          response.on("data", (chunk: string) => (body += chunk));
          response.on("end", () => resolve(body));
        },
      )
        .on("error", reject)
        .end();
    });
    expect((JSON.parse(text) as APIGatewayProxyEventV2).headers["x-list"]).toBe("a,b");
  });

  test.each([
    ["application/json", false],
    ["application/json; charset=utf-8", false],
    ["application/problem+json", false],
    ["text/csv", false],
    ["application/octet-stream", true],
    ["image/png", true],
    ["application/x-www-form-urlencoded", true],
  ])("carries a %s body in base64: %s", async (type, isBase64Encoded) => {
    const { event } = await start();
    const received = await event("/v1/sessions", {
      method: "POST",
      headers: { "content-type": type },
      body: '{"ü":1}',
    });
    expect(received.isBase64Encoded).toBe(isBase64Encoded);
    const body = Buffer.from(received.body ?? "", isBase64Encoded ? "base64" : "utf8");
    expect(body.toString()).toBe('{"ü":1}');
  });
});

describe("routing", () => {
  const lambdaOf = async (path: string, method = "GET", more: Partial<HttpApiOptions> = {}) => {
    const { call } = await start((_event, lambda) => lambda, more);
    const { status, text } = await call(path, { method });
    return status === 200 ? text : status;
  };

  test("prefers the literal path to the variable one", async () => {
    expect(await lambdaOf("/v1/sessions/mine")).toBe("mine");
    expect(await lambdaOf("/v1/sessions/other")).toBe("read");
  });

  test("distinguishes methods", async () => {
    expect(await lambdaOf("/v1/sessions", "POST")).toBe("create");
    expect(await lambdaOf("/v1/sessions", "DELETE")).toBe(404);
  });

  test("lets a greedy variable take the rest of the path", async () => {
    const { event } = await start();
    expect((await event("/files/a/b%2Fc")).pathParameters).toEqual({ proxy: "a/b/c" });
    expect(await lambdaOf("/files/")).toBe(404);
  });

  test("answers 404 in the gateway's own words when no route fits", async () => {
    const { call } = await start();
    for (const path of ["/", "/v1/sessions/", "/v1/sessions/a/b", "/v1"]) {
      const answer = await call(path);
      expect([answer.status, answer.text]).toEqual([404, '{"message":"Not Found"}']);
    }
  });

  test("falls back to the default route", async () => {
    const more = { routes: [...routes, { method: "ANY", path: "$default", lambda: "rest" }] };
    expect(await lambdaOf("/anything", "PUT", more)).toBe("rest");
    expect(await lambdaOf("/v1/sessions", "GET", more)).toBe("list");
  });
});

describe("what a function returns", () => {
  const answerTo = async (result: unknown) => (await start(() => result)).call("/v1/sessions");

  test("is the body when it is a string, as JSON when it is a value", async () => {
    const text = await answerTo("plain");
    expect([text.status, text.text]).toEqual([200, "plain"]);
    expect(text.headers.get("content-type")).toBe("application/json");
    expect((await answerTo({ a: [1] })).text).toBe('{"a":[1]}');
    expect((await answerTo(undefined)).text).toBe("null");
  });

  test("sets status, headers, cookies and body when it has a status code", async () => {
    const answer = await answerTo({
      statusCode: 201,
      headers: { "X-One": "1", "x-number": 2 },
      cookies: ["a=1; Path=/", "b=2"],
      body: "made",
    });
    expect([answer.status, answer.text]).toEqual([201, "made"]);
    expect(answer.headers.get("x-one")).toBe("1");
    expect(answer.headers.get("x-number")).toBe("2");
    expect(answer.headers.getSetCookie()).toEqual(["a=1; Path=/", "b=2"]);
    expect(answer.headers.get("content-type")).toBe("text/plain;charset=UTF-8");
  });

  test("may be binary in base64", async () => {
    const { api } = await start(() => ({
      statusCode: 200,
      headers: { "content-type": "image/png" },
      body: Buffer.from([0, 255, 1]).toString("base64"),
      isBase64Encoded: true,
    }));
    const answer = await fetch(`${api.endpoint}/v1/sessions`);
    expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([0, 255, 1]);
  });

  test("may have no body at all", async () => {
    const answer = await answerTo({ statusCode: 204 });
    expect([answer.status, answer.text]).toEqual([204, ""]);
  });

  test.each([
    ["a body that is not text", { statusCode: 200, body: { a: 1 } }],
    ["a status that is no number", { statusCode: "fine" }],
    ["headers that are objects", { statusCode: 200, headers: { a: {} } }],
  ])("is answered with 500 when it has %s", async (_what, result) => {
    const answer = await answerTo(result);
    expect([answer.status, answer.text]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  test("went through JSON first", async () => {
    const answer = await answerTo({ at: new Date(0), gone: undefined });
    expect(answer.text).toBe('{"at":"1970-01-01T00:00:00.000Z"}');
  });
});

describe("limits", () => {
  test("a function that throws is answered with 500 and nothing of its error", async () => {
    const { call } = await start(() => {
      throw new Error("secret");
    });
    const answer = await call("/v1/sessions");
    expect([answer.status, answer.text]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  test("a function that takes too long is answered with 503", async () => {
    const { call } = await start(() => new Promise(() => {}), { integrationTimeoutMs: 10 });
    const answer = await call("/v1/sessions");
    expect([answer.status, answer.text]).toEqual([503, '{"message":"Service Unavailable"}']);
  });

  test("a body beyond 10 MB is refused without a function seeing it", async () => {
    let calls = 0;
    const { call } = await start(() => (calls += 1));
    const post = (bytes: number) =>
      call("/v1/sessions", { method: "POST", body: Buffer.alloc(bytes, 97) });
    expect((await post(10 * 1024 * 1024)).status).toBe(200);
    expect((await post(10 * 1024 * 1024 + 1)).status).toBe(413);
    expect(calls).toBe(1);
  });

  test("every request is counted, the refused ones too", async () => {
    const { api, call } = await start();
    await call("/v1/sessions");
    await call("/nowhere");
    expect(api.meter.read()).toEqual({ "apigateway.http-requests": 2 });
  });
});

describe("CORS", () => {
  const cors = {
    allowOrigins: ["https://console.example"],
    allowMethods: ["GET", "POST"],
    allowHeaders: ["authorization"],
    maxAgeSeconds: 60,
  };
  const preflight = (origin: string) => ({
    method: "OPTIONS",
    headers: { origin, "access-control-request-method": "POST" },
  });

  test("answers a preflight without calling a function", async () => {
    let calls = 0;
    const { call } = await start(() => (calls += 1), { cors });
    const answer = await call("/v1/sessions", preflight("https://console.example"));
    expect(answer.status).toBe(204);
    expect(answer.headers.get("access-control-allow-origin")).toBe("https://console.example");
    expect(answer.headers.get("access-control-allow-methods")).toBe("GET,POST");
    expect(answer.headers.get("access-control-allow-headers")).toBe("authorization");
    expect(answer.headers.get("access-control-max-age")).toBe("60");
    expect(calls).toBe(0);
  });

  test("says nothing to an origin that is not allowed", async () => {
    const { call } = await start(undefined, { cors });
    const answer = await call("/v1/sessions", preflight("https://other.example"));
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("replaces what the function says about CORS", async () => {
    const result = { statusCode: 200, headers: { "access-control-allow-origin": "*" }, body: "" };
    const { call } = await start(() => result, { cors });
    const allowed = await call("/v1/sessions", { headers: { origin: "https://console.example" } });
    expect(allowed.headers.get("access-control-allow-origin")).toBe("https://console.example");
    const other = await call("/v1/sessions", { headers: { origin: "https://other.example" } });
    expect(other.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("is not there unless configured", async () => {
    const { call } = await start();
    expect((await call("/v1/sessions", preflight("https://a.example"))).status).toBe(404);
  });
});

describe("faults", () => {
  test("a throttled request is answered with 429 and reaches no function", async () => {
    let calls = 0;
    const { api, call } = await start(() => (calls += 1));
    api.faults.add({ kind: "throttle", operation: "GET /v1/sessions", times: 1 });
    expect((await call("/v1/sessions")).status).toBe(429);
    expect(calls).toBe(0);
  });

  test("a dropped answer comes after the function did its work", async () => {
    let calls = 0;
    const { api, call } = await start(() => (calls += 1));
    api.faults.add({ kind: "drop-answer", times: 1 });
    await expect(call("/v1/sessions")).rejects.toThrow("fetch failed");
    expect(calls).toBe(1);
  });
});
