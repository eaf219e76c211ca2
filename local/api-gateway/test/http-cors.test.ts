import { describe, expect, test } from "vitest";
import { startTestHttpApi } from "./test-http-api.ts";

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
    const { call } = await startTestHttpApi(() => (calls += 1), { cors });
    const answer = await call("/v1/sessions", preflight("https://console.example"));
    expect(answer.status).toBe(204);
    expect(answer.headers.get("access-control-allow-origin")).toBe("https://console.example");
    expect(answer.headers.get("access-control-allow-methods")).toBe("GET,POST");
    expect(answer.headers.get("access-control-allow-headers")).toBe("authorization");
    expect(answer.headers.get("access-control-max-age")).toBe("60");
    expect(calls).toBe(0);
  });

  test("says nothing to an origin that is not allowed", async () => {
    const { call } = await startTestHttpApi(undefined, { cors });
    const answer = await call("/v1/sessions", preflight("https://other.example"));
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("replaces what the function says about CORS", async () => {
    const result = { statusCode: 200, headers: { "access-control-allow-origin": "*" }, body: "" };
    const { call } = await startTestHttpApi(() => result, { cors });
    const allowed = await call("/v1/sessions", { headers: { origin: "https://console.example" } });
    expect(allowed.headers.get("access-control-allow-origin")).toBe("https://console.example");
    const other = await call("/v1/sessions", { headers: { origin: "https://other.example" } });
    expect(other.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("is not there unless configured", async () => {
    const { call } = await startTestHttpApi();
    expect((await call("/v1/sessions", preflight("https://a.example"))).status).toBe(404);
  });
});
