import type { CallerName } from "#shared/contracts/caller.ts";
import type { roles } from "#shared/contracts/account.ts";
import type { Scope } from "#shared/routes/define-route.ts";

export type Role = (typeof roles)[number];

/** Who asks, once the credential is verified. */
export type Caller =
  | {
      kind: "user";
      accountId: string;
      userId: string;
      loginId: string;
      role: Role;
      scopes: readonly Scope[];
    }
  | {
      kind: "key";
      accountId: string;
      keyId: string;
      scopes: readonly Scope[];
      /** Set when the key is bound to one session: it sees no other. */
      sessionId?: string;
    };

/** Who asks, as the audit and messages name them. */
export function nameOf(caller: Caller): CallerName {
  return { kind: caller.kind, id: caller.kind === "user" ? caller.userId : caller.keyId };
}

/** The one session that a caller is confined to, if it is. */
export function boundSession(caller: Caller): string | undefined {
  return caller.kind === "key" ? caller.sessionId : undefined;
}
