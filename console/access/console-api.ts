import { createClient } from "#client/create-client.ts";
import type { WafleetClient } from "#client/create-client.ts";
import { createOperator } from "./operator.ts";
import type { Operator } from "./operator.ts";
import type { Places } from "./places.ts";
import { createSignIn } from "./sign-in.ts";
import type { SignIn } from "./sign-in.ts";

/** Everything that views need to talk to the API. */
export type ConsoleApi = { api: WafleetClient; signIn: SignIn; operator: Operator; places: Places };

export function createConsoleApi(places: Places): ConsoleApi {
  const baseUrl = places.apiUrl;
  // People wait in front of it: what does not work is said soon, and can be tried again.
  const retry = { tries: 3, firstWaitMs: 300, maxWaitMs: 3_000 };
  const signIn = createSignIn({
    api: createClient({ baseUrl, retry }),
    storage: localStorage,
    lock: async (work) => navigator.locks.request("wafleet.refresh", work),
    now: Date.now,
  });
  return {
    api: createClient({ baseUrl, retry, token: () => signIn.token() }),
    operator: createOperator({ baseUrl, retry }),
    signIn,
    places,
  };
}
