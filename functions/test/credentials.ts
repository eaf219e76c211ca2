// Credentials that must not do, of every kind that there is, for whatever is to be kept apart.
import { scopes } from "#shared/routes/define-route.ts";
import type { RequestOptions } from "./request-event.ts";
import { operatorSecret } from "./start-system.ts";
import type { System } from "./start-system.ts";

export type Credential = Pick<RequestOptions, "token" | "apiKey">;

export const badCredentials = [
  "no credential",
  "an expired token",
  "a token that was signed out",
  "a removed user's token",
  "an expired key",
  "a revoked key",
  "the operator's secret",
] as const;

export const foreignCredentials = ["another tenant's token", "another tenant's key"] as const;

/** Two tenants; to the first one's things, `bad` is nobody and `foreign` the second one. */
export async function makeCredentials(system: System) {
  const [owner, other] = [await system.createTenant(), await system.createTenant()];
  const keyOf = async (token: string, some: readonly string[], more: object = {}) => {
    const body = { name: "key", scopes: some, ...more };
    const { key: apiKey, id: keyId } = (await system.call("createKey", { token, body })).body;
    // Used once, so that noting the first use is no side effect of what follows.
    await system.call("getMe", { apiKey });
    return { apiKey, keyId };
  };
  const soon = { expiresAt: new Date(system.now() + 60_000).toISOString() };
  const expired = await keyOf(owner.token, scopes, soon);
  const expiredToken = owner.token;
  system.advance(16 * 60_000);
  owner.token = await system.signInAs(owner);
  other.token = await system.signInAs(other);
  const { token } = owner;
  const signedOut = await system.signInAs(owner);
  await system.call("logout", { token: signedOut });
  const revoked = await keyOf(token, scopes);
  await system.call("deleteKey", { token, params: { keyId: revoked.keyId } });
  const removed = await system.createUser(owner.accountId, "admin");
  await system.call("removeUser", { token, params: { userId: removed.userId } });
  const bad: Record<(typeof badCredentials)[number], Credential> = {
    "no credential": {},
    "an expired token": { token: expiredToken },
    "a token that was signed out": { token: signedOut },
    "a removed user's token": { token: removed.token },
    "an expired key": { apiKey: expired.apiKey },
    "a revoked key": { apiKey: revoked.apiKey },
    "the operator's secret": { token: operatorSecret },
  };
  const foreign: Record<(typeof foreignCredentials)[number], Credential> = {
    "another tenant's token": { token: other.token },
    "another tenant's key": { apiKey: (await keyOf(other.token, scopes)).apiKey },
  };
  /** The owner's, each with every scope but the one that it is filed under. */
  const allBut: Record<string, Credential> = {};
  for (const scope of scopes) {
    const others = scopes.filter((some) => some !== scope);
    allBut[scope] = { apiKey: (await keyOf(token, others)).apiKey };
  }
  return { owner, other, bad, foreign, allBut, keyOf };
}
