import { DemoError } from "./demo-error.ts";

const limitMs = 35_000;

export type Request = {
  method: "GET" | "POST" | "DELETE";
  url: string;
  /** An access token or an API key. */
  token?: string;
  body?: unknown;
};

/** The answer's JSON; undefined when it has none. Anything but success is an error that says why. */
export async function call({ method, url, token, body }: Request): Promise<unknown> {
  const answer = await fetch(url, {
    method,
    headers: {
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(limitMs),
  }).catch((error: unknown) => {
    throw new DemoError(
      `${method} ${url} got no answer: ${describe(error)}. Is npm start running?`,
    );
  });
  const text = await answer.text();
  if (!answer.ok) throw new DemoError(`${method} ${url} answered ${answer.status}: ${text}`);
  return text === "" ? undefined : (JSON.parse(text) as unknown);
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
