import { describe, expect, test } from "vitest";
import { startTestHttpApi } from "./test-http-api.ts";

describe("limits", () => {
  test("a function that throws is answered with 500 and nothing of its error", async () => {
    const { call } = await startTestHttpApi(() => {
      throw new Error("secret");
    });
    const answer = await call("/v1/sessions");
    expect([answer.status, answer.text]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  test("a function that takes too long is answered with 503", async () => {
    const { call } = await startTestHttpApi(() => new Promise(() => {}), {
      integrationTimeoutMs: 10,
    });
    const answer = await call("/v1/sessions");
    expect([answer.status, answer.text]).toEqual([503, '{"message":"Service Unavailable"}']);
  });

  test("a body beyond 10 MB is refused without a function seeing it", async () => {
    let calls = 0;
    const { call } = await startTestHttpApi(() => (calls += 1));
    const post = (bytes: number) =>
      call("/v1/sessions", { method: "POST", body: Buffer.alloc(bytes, 97) });
    expect((await post(10 * 1024 * 1024)).status).toBe(200);
    expect((await post(10 * 1024 * 1024 + 1)).status).toBe(413);
    expect(calls).toBe(1);
  });

  test("every request is counted, the refused ones too", async () => {
    const { api, call } = await startTestHttpApi();
    await call("/v1/sessions");
    await call("/nowhere");
    expect(api.meter.read()).toEqual({ "apigateway.http-requests": 2 });
  });
});

describe("faults", () => {
  test("a throttled request is answered with 429 and reaches no function", async () => {
    let calls = 0;
    const { api, call } = await startTestHttpApi(() => (calls += 1));
    api.faults.add({ kind: "throttle", operation: "GET /v1/sessions", times: 1 });
    expect((await call("/v1/sessions")).status).toBe(429);
    expect(calls).toBe(0);
  });

  test("a dropped answer comes after the function did its work", async () => {
    let calls = 0;
    const { api, call } = await startTestHttpApi(() => (calls += 1));
    api.faults.add({ kind: "drop-answer", times: 1 });
    await expect(call("/v1/sessions")).rejects.toThrow("fetch failed");
    expect(calls).toBe(1);
  });
});
