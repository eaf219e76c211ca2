import { request } from "./start-scene.ts";
import type { Scene, Tenant } from "./start-scene.ts";

type Called = Awaited<ReturnType<typeof request>>;

export type Calls = ReturnType<typeof callsOf>;

/** The tenant's requests, by method; nothing is assumed about the answers. */
export function callsOf(scene: Scene, token: string) {
  const send = (method: string) => (path: string, body?: object) =>
    request(scene, path, { method, token, ...(body && { body: JSON.stringify(body) }) });
  return {
    get: send("GET"),
    post: send("POST"),
    put: send("PUT"),
    patch: send("PATCH"),
    remove: send("DELETE"),
  };
}

/** What a request came to: its status, and its code when it failed. */
export function outcome({ status, body }: Called): [number, unknown] {
  return [status, body["code"]];
}

/** `/v1/sessions/…` of the tenant's first session. */
export function pathOf({ sessionId }: Tenant): string {
  return `/v1/sessions/${sessionId}`;
}
