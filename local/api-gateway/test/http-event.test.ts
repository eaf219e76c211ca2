import { request as httpRequest } from "node:http";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { describe, expect, test } from "vitest";
import { startTestHttpApi } from "./test-http-api.ts";

describe("the event of a request", () => {
  test("has everything that payload format 2.0 has", async () => {
    const { api, event } = await startTestHttpApi();
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
    const { api } = await startTestHttpApi();
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
    const { event } = await startTestHttpApi();
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
