import { expect, test } from "vitest";
import { ApiError } from "../api-error.ts";
import { requireData } from "../require-data.ts";
import { wait } from "../wait.ts";
import { startApi } from "./start-api.ts";

const session = { id: "ses_01JD3W8Z5N6Q7R8S9T0V1W2X3Y", name: "Sales" };
const made = { status: 201, body: session };
const create = { body: { name: "Sales" } } as const;

test("a call that makes something is repeated with one key when no answer comes, so it is made once", async () => {
  const { api, requests } = await startApi(["cut", { status: 503 }, made]);
  const answer = await requireData(api.POST("/v1/sessions", create));
  expect(answer.id).toBe(session.id);
  const keys = requests.map(({ headers }) => headers["idempotency-key"]);
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(requests.map(({ body }) => body)).toEqual(Array(3).fill('{"name":"Sales"}'));
});

test("two calls have two keys, and a key of one's own is kept", async () => {
  const { api, requests } = await startApi([made]);
  await api.POST("/v1/sessions", create);
  await api.POST("/v1/sessions", create);
  const params = { header: { "Idempotency-Key": "order-4711" } };
  await api.POST("/v1/sessions", { ...create, params });
  const keys = requests.map(({ headers }) => headers["idempotency-key"]);
  expect(new Set(keys).size).toBe(3);
  expect(keys[2]).toBe("order-4711");
});

test("what is not safe to do twice is not repeated when no answer comes", async () => {
  const { api, requests } = await startApi(["cut"]);
  const refresh = api.POST("/v1/auth/refresh", { body: { refreshToken: "works-once" } });
  await expect(refresh).rejects.toThrow();
  expect(requests).toHaveLength(1);
  expect(requests[0]?.headers["idempotency-key"]).toBeUndefined();
});

test("what was refused for its rate did nothing, and is repeated when the server says", async () => {
  const limited = { status: 429, headers: { "retry-after": "7" }, body: { code: "rate_limited" } };
  const { api, requests, waits } = await startApi([limited, { status: 200, body: {} }]);
  await requireData(api.POST("/v1/auth/refresh", { body: { refreshToken: "works-once" } }));
  expect(requests).toHaveLength(2);
  expect(waits).toEqual([7_000]);
});

test("a wait that the server wants to be longer than allowed is left to the caller", async () => {
  const limited = {
    status: 429,
    headers: { "retry-after": "3600" },
    body: { code: "rate_limited" },
  };
  const { api, requests } = await startApi([limited]);
  const { response } = await api.GET("/v1/me");
  expect([response.status, response.headers.get("retry-after")]).toEqual([429, "3600"]);
  expect(requests).toHaveLength(1);
});

test("waits double up to a limit, and the tries end", async () => {
  const { api, requests, waits } = await startApi([{ status: 500, body: { code: "internal" } }], {
    retry: { tries: 5, firstWaitMs: 1_000, maxWaitMs: 3_000 },
  });
  const failure = requireData(api.GET("/v1/me"));
  await expect(failure).rejects.toMatchObject({ status: 500, code: "internal" });
  expect(requests).toHaveLength(5);
  expect(waits).toEqual([1_000, 2_000, 3_000, 3_000]);
});

test("a repetition that meets the first try at work waits for its answer", async () => {
  const busy = {
    status: 409,
    headers: { "retry-after": "1" },
    body: { code: "idempotency_key_in_progress" },
  };
  const { api } = await startApi(["cut", busy, made]);
  expect(await requireData(api.POST("/v1/sessions", create))).toEqual(session);
});

test("a failure carries the problem: its code, and what to do", async () => {
  const problem = { code: "session_name_taken", detail: "Choose another name.", status: 409 };
  const { api, requests } = await startApi([{ status: 409, body: problem }]);
  const error: unknown = await requireData(api.POST("/v1/sessions", create)).catch((e) => e);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ message: "Choose another name.", code: "session_name_taken" });
  expect(requests).toHaveLength(1);
});

test("the token is asked for before each call", async () => {
  let number = 0;
  const token = async () => `token-${(number += 1)}`;
  const { api, requests } = await startApi([{ status: 200, body: {} }], { token });
  await api.GET("/v1/me");
  await api.GET("/v1/me");
  const sent = requests.map(({ headers }) => headers["authorization"]);
  expect(sent).toEqual(["Bearer token-1", "Bearer token-2"]);
});

test("a caller who gives up is not kept waiting", async () => {
  const controller = new AbortController();
  const { api } = await startApi([{ status: 503 }], {
    retry: { firstWaitMs: 600_000, maxWaitMs: 600_000 },
    wait: (ms, signal) => {
      setImmediate(() => controller.abort());
      return wait(ms, signal);
    },
  });
  await expect(api.GET("/v1/me", { signal: controller.signal })).rejects.toThrow(/abort/i);
});
