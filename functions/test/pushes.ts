import type { HangUp } from "#functions/hang-up.ts";
import type { Push } from "#functions/push.ts";

type Pushed = Record<string, unknown>;

/** Stands for API Gateway's management API: keeps what each connection was sent. */
export function createPushes() {
  const sent = new Map<string, Pushed[]>();
  const gone = new Set<string>();
  const full = new Set<string>();
  let meanwhile: { type: string; run: () => Promise<unknown> } | undefined;
  const push: Push = async (connectionId, text) => {
    if (gone.has(connectionId)) return "gone";
    if (full.has(connectionId)) throw new Error("too many messages wait for this connection");
    if (meanwhile && text.startsWith(`{"type":"${meanwhile.type}"`)) {
      const { run } = meanwhile;
      meanwhile = undefined;
      await run();
    }
    sent.set(connectionId, [...(sent.get(connectionId) ?? []), JSON.parse(text) as Pushed]);
    return "sent";
  };
  const closed = new Set<string>();
  const close: HangUp = async (connectionId, reason) => {
    closed.add(connectionId);
    const notice = { type: "socket.closing", reason };
    if (!gone.has(connectionId))
      sent.set(connectionId, [...(sent.get(connectionId) ?? []), notice]);
    gone.add(connectionId);
  };
  return {
    push,
    close,
    isClosed: (connectionId: string) => closed.has(connectionId),
    to: (connectionId: string) => sent.get(connectionId) ?? [],
    /** Runs while the next push of this type is under way, before it arrives. */
    meanwhile: (type: string, run: () => Promise<unknown>) => void (meanwhile = { type, run }),
    /** From now on this connection takes nothing more. */
    fill: (connectionId: string) => void full.add(connectionId),
    hangUp: (connectionId: string) => void gone.add(connectionId),
  };
}
