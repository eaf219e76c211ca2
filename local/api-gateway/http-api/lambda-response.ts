export type HttpResponse = {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer;
};

/** An answer of the gateway itself. */
export function gatewayResponse(status: number, message: string): HttpResponse {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: Buffer.from(JSON.stringify({ message })),
  };
}

/**
 * Reads a function's result by the rules of payload format 2.0. Without a status code the whole
 * result is the body, as JSON; `undefined` means that the result is malformed.
 */
export function toHttpResponse(result: unknown): HttpResponse | undefined {
  if (!isRecord(result) || result["statusCode"] === undefined) {
    const body = typeof result === "string" ? result : JSON.stringify(result ?? null);
    return {
      status: 200,
      headers: { "content-type": "application/json" },
      body: Buffer.from(body),
    };
  }
  const { statusCode, headers = {}, cookies = [], body = "", isBase64Encoded = false } = result;
  const status = Number(statusCode);
  const text = body === null ? "" : body;
  if (!Number.isInteger(status) || status < 100 || status > 599) return undefined;
  if (typeof text !== "string" || typeof isBase64Encoded !== "boolean") return undefined;
  const sent = toHeaders(headers ?? {});
  if (!sent || !Array.isArray(cookies) || !cookies.every((cookie) => typeof cookie === "string")) {
    return undefined;
  }
  return {
    status,
    headers: {
      ...(text !== "" && { "content-type": "text/plain;charset=UTF-8" }),
      ...sent,
      ...(cookies.length > 0 && { "set-cookie": cookies }),
    },
    body: Buffer.from(text, isBase64Encoded ? "base64" : "utf8"),
  };
}

function toHeaders(headers: unknown): Record<string, string> | undefined {
  if (!isRecord(headers)) return undefined;
  const entries = Object.entries(headers);
  if (!entries.every(([, value]) => ["string", "number", "boolean"].includes(typeof value))) {
    return undefined;
  }
  // The gateway computes these for itself.
  const kept = entries.filter(
    ([name]) => !/^(content-length|transfer-encoding|connection)$/i.test(name),
  );
  return Object.fromEntries(kept.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
