import type { HangUp } from "#functions/hang-up.ts";
import type { Push } from "#functions/push.ts";

type Pushed = Record<string, unknown>;

/** Stands for API Gateway's management API: keeps what each connection was sent. */
export function createPushes() {
  const sent = new Map<string, Pushed[]>();
  const gone = new Set<string>();
  const push: Push = async (connectionId, text) => {
    if (gone.has(connectionId)) return "gone";
    sent.set(connectionId, [...(sent.get(connectionId) ?? []), JSON.parse(text) as Pushed]);
    return "sent";
  };
  const closed = new Set<string>();
  const close: HangUp = async (connectionId) => {
    closed.add(connectionId);
    gone.add(connectionId);
  };
  return {
    push,
    close,
    isClosed: (connectionId: string) => closed.has(connectionId),
    to: (connectionId: string) => sent.get(connectionId) ?? [],
    hangUp: (connectionId: string) => void gone.add(connectionId),
  };
}
