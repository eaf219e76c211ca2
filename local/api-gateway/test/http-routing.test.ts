import { describe, expect, test } from "vitest";
import type { HttpApiOptions } from "../start-http-api.ts";
import { routes, startTestHttpApi } from "./test-http-api.ts";

describe("routing", () => {
  const lambdaOf = async (path: string, method = "GET", more: Partial<HttpApiOptions> = {}) => {
    const { call } = await startTestHttpApi((_event, lambda) => lambda, more);
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
    const { event } = await startTestHttpApi();
    expect((await event("/files/a/b%2Fc")).pathParameters).toEqual({ proxy: "a/b/c" });
    expect(await lambdaOf("/files/")).toBe(404);
  });

  test("answers 404 in the gateway's own words when no route fits", async () => {
    const { call } = await startTestHttpApi();
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
