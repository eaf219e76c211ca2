// Who is signed in. The access token, good for minutes, is in memory only. The refresh token is in
// this origin's storage, so that a reload and other tabs go on; the page's policy lets no script but
// ours run here. It works once: tabs take turns by a lock, and each takes the newest from the storage.
import { ApiError } from "#client/api-error.ts";
import type { WafleetClient } from "#client/create-client.ts";
import type { Answer } from "#client/operation.ts";
import { requireData } from "#client/require-data.ts";

type Tokens = Pick<Answer<"login">, "accessToken" | "expiresIn" | "refreshToken">;

const storageKey = "wafleet.refresh";
/** A token that ends while it is on its way is refused. */
const earlyMs = 30_000;

export type SignIn = {
  isSignedIn(): boolean;
  /** For the client; undefined when nobody is signed in. */
  token(): Promise<string | undefined>;
  take(tokens: Tokens): void;
  /** Forgets it here and in the other tabs; the API is told by the caller. */
  end(): void;
  /** Calls back when somebody has signed in or out, in this tab or another. */
  watch(changed: () => void): () => void;
};

export type SignInDeps = {
  /** A client that sends no token. */
  api: WafleetClient;
  storage: Storage;
  lock: <Result>(work: () => Promise<Result>) => Promise<Result>;
  now: () => number;
};

export function createSignIn({ api, storage, lock, now }: SignInDeps): SignIn {
  const watchers = new Set<() => void>();
  let access: { token: string; until: number } | undefined;
  let refreshing: Promise<string | undefined> | undefined;
  const tell = () => {
    for (const changed of watchers) changed();
  };

  function keep(tokens: Tokens): void {
    access = { token: tokens.accessToken, until: now() + tokens.expiresIn * 1000 - earlyMs };
    storage.setItem(storageKey, tokens.refreshToken);
  }
  function end(): void {
    access = undefined;
    storage.removeItem(storageKey);
    tell();
  }

  async function refresh(): Promise<string | undefined> {
    const refreshToken = storage.getItem(storageKey);
    if (refreshToken === null) return undefined;
    try {
      keep(await requireData(api.POST("/v1/auth/refresh", { body: { refreshToken } })));
      return access?.token;
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) end();
      else throw error;
      return undefined;
    }
  }

  return {
    isSignedIn: () => storage.getItem(storageKey) !== null,
    async token() {
      if (access && now() < access.until) return access.token;
      refreshing ??= lock(refresh).finally(() => (refreshing = undefined));
      return refreshing;
    },
    take(tokens) {
      keep(tokens);
      tell();
    },
    end,
    watch(changed) {
      const onStorage = ({ key }: StorageEvent) => {
        if (key !== storageKey && key !== null) return;
        if (storage.getItem(storageKey) === null) access = undefined;
        changed();
      };
      watchers.add(changed);
      globalThis.addEventListener?.("storage", onStorage);
      return () => {
        watchers.delete(changed);
        globalThis.removeEventListener?.("storage", onStorage);
      };
    },
  };
}
