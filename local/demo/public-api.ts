import { ApiError } from "#client/api-error.ts";
import { createClient } from "#client/create-client.ts";
import { requireData } from "#client/require-data.ts";
import type { RetryOptions } from "#client/retry.ts";
import { DemoError } from "./demo-error.ts";

/** The public API through our own client, as every program calls it. */
export function publicApi(url: string, retry: Partial<RetryOptions> = {}) {
  const api = createClient({ baseUrl: url, retry });
  const by = (token: string) => ({ authorization: `Bearer ${token}` });
  const at = (token: string, sessionId: string) => ({
    headers: by(token),
    params: { path: { sessionId } },
  });
  return {
    client: (key: string) => createClient({ baseUrl: url, token: key }),
    register: (email: string, password: string) =>
      told(api.POST("/v1/auth/register", { body: { email, password, name: "Demo" } })),
    createKey: (accessToken: string) =>
      told(
        api.POST("/v1/keys", {
          headers: by(accessToken),
          body: {
            name: "demo",
            scopes: ["sessions:read", "sessions:write", "messages:read", "messages:send"],
          },
        }),
      ),
    createSession: (key: string, name: string) =>
      told(api.POST("/v1/sessions", { headers: by(key), body: { name } })),
    connect: (key: string, id: string) =>
      told(api.POST("/v1/sessions/{sessionId}/connect", at(key, id))),
    qr: (key: string, id: string) => told(api.GET("/v1/sessions/{sessionId}/qr", at(key, id))),
    status: (key: string, id: string) =>
      told(api.GET("/v1/sessions/{sessionId}/status", at(key, id))),
    send: (key: string, id: string, to: string, body: string) =>
      told(
        api.POST("/v1/sessions/{sessionId}/messages", {
          ...at(key, id),
          body: { to, type: "text", text: { body } },
        }),
      ),
    message: (key: string, sessionId: string, messageId: string) =>
      told(
        api.GET("/v1/sessions/{sessionId}/messages/{messageId}", {
          headers: by(key),
          params: { path: { sessionId, messageId } },
        }),
      ),
    disconnect: (key: string, id: string) =>
      told(api.POST("/v1/sessions/{sessionId}/disconnect", at(key, id))),
  };
}

/** A failure as a person at the terminal should read it. */
async function told<Data>(call: Parameters<typeof requireData<Data>>[0]): Promise<Data> {
  try {
    return await requireData(call);
  } catch (error) {
    if (error instanceof ApiError) {
      const { response, error: body } = await call;
      const text = typeof body === "string" ? body : JSON.stringify(body);
      throw new DemoError(`${response.url} answered ${response.status}: ${text}`);
    }
    if (!(error instanceof Error)) throw error;
    const cause = error.cause instanceof Error ? error.cause.message : error.message;
    throw new DemoError(`The API gave no answer: ${cause}. Is npm start running?`);
  }
}
