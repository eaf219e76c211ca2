import type { Contact } from "#shared/address.ts";
import type { EventDraft } from "#shared/contracts/event.ts";
import type { DeviceCache } from "../whatsapp/device-cache.ts";
import { openEngine } from "../whatsapp/open-engine.ts";
import type { Closing, Engine, EngineChoice, EngineEvents } from "../whatsapp/engine.ts";
import type { SessionDeps, SessionIds } from "./deps.ts";
import { keepHistory } from "./keep-history.ts";
import { publishReceipt } from "./receipt-events.ts";
import type { Held } from "./take-over.ts";

type ConnectionOptions = Held &
  Pick<EngineEvents, "onQr" | "onPaired" | "onOpen"> & {
    ids: SessionIds;
    devices: DeviceCache;
    subscriptions: Map<string, Contact>;
    onNotice: (draft: EventDraft) => void;
    choice: EngineChoice;
    /** When linking is over, in milliseconds since 1970; undefined outside it. */
    windowEndsAt: number | undefined;
    isLinking: () => boolean;
    /** Called when the socket is open, shows a code, or is closed: no more work for now. */
    onSettled: () => void;
  };

/** One socket of a session, from its opening to its closing. */
export function openConnection(
  deps: SessionDeps,
  options: ConnectionOptions,
): { engine: Engine; closed: Promise<Closing> } {
  const { opened, stream, inbound, ids, devices, windowEndsAt, isLinking } = options;
  const { onQr, onPaired, onOpen, onSettled, onNotice, choice, subscriptions } = options;
  const { promise, resolve } = Promise.withResolvers<Closing>();
  const engine = openEngine({
    sessionId: ids.sessionId,
    journal: opened.journal,
    devices,
    settings: deps.whatsapp,
    subscriptions,
    choice,
    events: {
      onQr: (qr) => {
        onSettled();
        onQr(qr);
      },
      onPaired,
      onOpen: (identity) => {
        onSettled();
        onOpen(identity);
      },
      onClosed: (closing) => {
        onSettled();
        resolve(closing);
      },
      onNotice,
      onReceived(draft) {
        stream.journal(draft);
        if (draft.type === "message.received") inbound.look();
      },
      onReceipt: (receipt) => publishReceipt(stream, ids.sessionId, receipt),
      onHistory: (past) => void keepHistory(deps, ids, past),
      findSent: (id) => deps.messages.findSent(ids.sessionId, id),
      prepareFile: (message, upload) => deps.prepareFile({ ...ids, ...message }, upload),
      findPreview: ({ content }) => deps.findPreview(ids.accountId, content),
    },
  });
  const over = promise.finally(() => choice.proxy?.close());
  if (windowEndsAt === undefined) return { engine, closed: over };
  const windowTimer = setTimeout(
    () => {
      if (isLinking()) void engine.close();
    },
    Math.max(0, windowEndsAt - deps.now()),
  );
  return { engine, closed: over.finally(() => clearTimeout(windowTimer)) };
}
