import { tiers } from "#shared/resources/limits.ts";
import { operatorRoutes } from "#shared/routes/operator.ts";
import { OperatorError } from "./operator-error.ts";

export const usage = `usage: npm run operator -- COMMAND [--data DIR]
  set-tier ACCOUNT TIER   move an account to a plan: ${tiers.join(", ")}
  account ACCOUNT         show an account
  health                  stores, queues, workers, shards, sessions

Which deployment: WAFLEET_API_URL, with WAFLEET_OPERATOR_SECRET, or else the secret of Secrets
Manager that WAFLEET_OPERATOR_SECRET_ID names (wafleet-operator-secret). Without WAFLEET_API_URL it is
the npm start whose data folder --data names (.wafleet).`;

type Request = { method: string; path: string; body?: object };

/** @throws {OperatorError} with the usage */
export function toRequest([command, ...words]: string[]): Request {
  const [accountId = "", tier = ""] = words;
  const { getAccount, setTier, getFleetHealth } = operatorRoutes;
  const at = (path: string) => path.replace("{accountId}", encodeURIComponent(accountId));
  if (command === "set-tier" && words.length === 2 && accountId !== "") {
    return { method: setTier.method, path: at(setTier.path), body: { tier } };
  }
  if (command === "account" && words.length === 1) {
    return { method: getAccount.method, path: at(getAccount.path) };
  }
  if (command === "health" && words.length === 0) {
    return { method: getFleetHealth.method, path: getFleetHealth.path };
  }
  throw new OperatorError(usage);
}
