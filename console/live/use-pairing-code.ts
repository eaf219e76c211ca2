import { useQuery } from "@tanstack/preact-query";
import type { EventOf } from "#client/events/event.ts";

export type PairingCode = EventOf<"session.pairing_code">["data"];

export const pairingCodeKey = (sessionId: string) => ["pairing-code", sessionId];

/** The code to type now; events bring it, so that a page that was reloaded has it too. */
export function usePairingCode(sessionId: string): PairingCode | undefined {
  const { data } = useQuery<PairingCode>({
    queryKey: pairingCodeKey(sessionId),
    queryFn: () => Promise.reject(new Error("only events know the code")),
    enabled: false,
  });
  return data;
}
