import { createClient } from "#client/create-client.ts";
import type { ClientOptions, WafleetClient } from "#client/create-client.ts";

/** The way of who runs the deployment: its secret is in this tab's memory and nowhere else. */
export type Operator = {
  api: WafleetClient;
  hasSecret(): boolean;
  take(secret: string): void;
  forget(): void;
};

export function createOperator(options: Pick<ClientOptions, "baseUrl" | "retry">): Operator {
  let secret: string | undefined;
  return {
    api: createClient({ ...options, token: () => secret }),
    hasSecret: () => secret !== undefined,
    take: (given) => void (secret = given),
    forget: () => void (secret = undefined),
  };
}
