import { describe, expect, test } from "vitest";
import { startTestHttpApi } from "./test-http-api.ts";

describe("what a function returns", () => {
  const answerTo = async (result: unknown) =>
    (await startTestHttpApi(() => result)).call("/v1/sessions");

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
    const { api } = await startTestHttpApi(() => ({
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
