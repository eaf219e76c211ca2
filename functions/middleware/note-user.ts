import type { Noted } from "./exchange.ts";

/** For routes without a caller: whose sign-in it is about. */
export function noteUser(
  noted: Noted,
  { accountId, userId }: { accountId: string; userId: string },
): void {
  noted.accountId = accountId;
  noted.target = { userId };
}
