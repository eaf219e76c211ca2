// One session from connect to its end: it takes the journal over, keeps one socket open, and leaves
// nothing behind when it ends.
import type { CommandOf } from "#shared/contracts/command.ts";
import type { EventDraft } from "#shared/contracts/event.ts";
import { createEventStream } from "../events/event-stream.ts";
import type { EventStream } from "../events/event-stream.ts";
import { FencedError, JournalUnreadableError } from "../journal/errors.ts";
import { openJournal } from "../journal/open-journal.ts";
import type { OpenedJournal } from "../journal/open-journal.ts";
import { createSnapshotKeeper } from "../journal/snapshot-keeper.ts";
import type { SnapshotKeeper } from "../journal/snapshot-keeper.ts";
import { DeviceCache } from "../whatsapp/device-cache.ts";
import { isPaired, openEngine } from "../whatsapp/engine.ts";
import type { Closing, Engine, Identity } from "../whatsapp/engine.ts";
import { concludeLife } from "./conclude-life.ts";
import type { SessionDeps, SessionIds } from "./deps.ts";
import type { LifeEnd } from "./life-end.ts";
import { Outbox } from "./outbox.ts";
import type { Fate } from "./outbox.ts";
import { Pairing } from "./pairing.ts";
import { publishReceipt } from "./receipt-events.ts";
import { Reconnection } from "./reconnection.ts";
import { reportUnreadable } from "./report-unreadable.ts";
import { toQrEvent, toStatusEvent } from "./status.ts";
import type { StatusReport } from "./status.ts";
import { sendWaiting } from "./waiting-messages.ts";

type Held = { opened: OpenedJournal; stream: EventStream; keeper: SnapshotKeeper };

export class SessionLife {
  /** Settles with how it ended, when nothing of it is left; never rejects. */
  ended: Promise<LifeEnd>;
  #deps: SessionDeps;
  #ids: SessionIds;
  #held: Held | undefined;
  #outbox: Outbox;
  #devices = new DeviceCache();
  #engine: Engine | undefined;
  #identity: Identity | undefined;
  #pairing: Pairing | undefined;
  #reconnection: Reconnection;
  #ending: LifeEnd | undefined;
  #endAsked = Promise.withResolvers<void>();
  #status: StatusReport["status"] = "inactive";

  constructor(deps: SessionDeps, ids: SessionIds) {
    this.#deps = deps;
    this.#ids = ids;
    this.#reconnection = new Reconnection(deps);
    this.#outbox = new Outbox({
      now: deps.now,
      park: ({ messageId }) => deps.messages.park(ids.sessionId, messageId),
      settle: async ({ messageId, whatsappId, to }, final) => {
        const data = { messageId, whatsappId, to, ...final };
        await this.#held?.stream.publish({ type: "message.status", data });
      },
    });
    this.ended = this.#run();
  }

  /** Ends the session; resolves when nothing of it is left. The first ending wins. */
  async end(how: LifeEnd): Promise<void> {
    this.#ending ??= how;
    // Fenced means not one frame more: the socket is cut in this instant.
    if (how.kind === "fenced") this.#engine?.abort();
    this.#endAsked.resolve();
    this.#reconnection.interrupt();
    await this.ended;
  }

  /** Another connect: a fresh code while one is shown, no more waiting while backing off. */
  async connectAgain(): Promise<void> {
    this.#reconnection.interrupt();
    if (this.#status !== "qr_ready") return;
    this.#pairing = undefined;
    await this.#engine?.close();
  }

  /** Closes the socket and opens another one. */
  async restart(): Promise<void> {
    this.#reconnection.interrupt();
    await this.#engine?.close();
  }

  send(command: CommandOf<"message.send.v1">): Promise<Fate> {
    const { messageId, whatsappId, to, content, expiresAt } = command;
    return this.#outbox.send({ messageId, whatsappId, to, content, expiresAt });
  }

  /** For a worker's slow clock: a session that says little still gets its snapshot. */
  lookAtSnapshot(): void {
    this.#held?.keeper.look();
  }

  async #run(): Promise<LifeEnd> {
    try {
      this.#held = await this.#takeOver();
      while (!this.#ending) await this.#connectOnce(this.#held);
    } catch (error) {
      this.#ending ??= await this.#endingOf(error);
    }
    const ending = this.#ending;
    await this.#conclude(ending).catch((err: unknown) =>
      this.#deps.log.error({ ...this.#ids, err }, "session did not end cleanly"),
    );
    this.#held?.opened.journal.close();
    return ending;
  }

  async #takeOver(): Promise<Held> {
    const { stores, sender, now, log } = this.#deps;
    const { sessionId } = this.#ids;
    const opened = await openJournal(stores, sessionId);
    const { journal } = opened;
    const keeper = createSnapshotKeeper(stores, sessionId, opened, (err) =>
      log.warn({ sessionId, err }, "snapshot failed"),
    );
    journal.onFenced(() => void this.end({ kind: "fenced" }));
    journal.onAppended(() => keeper.look());
    const stream = createEventStream({ ...this.#ids, journal, sender, now });
    stream.republish();
    return { opened, stream, keeper };
  }

  async #connectOnce(held: Held): Promise<void> {
    const { journal } = held.opened;
    if (!isPaired(journal) && !this.#beginAttempt()) return;
    this.#report({ status: this.#identity ? "reconnecting" : "connecting" });
    await this.#reconnection.turn();
    await this.#deps.login();
    if (this.#ending) return;
    const closed = this.#openConnection(held);
    const closing = await Promise.race([closed, this.#endAsked.promise]);
    if (this.#ending || !closing) return;
    this.#engine = undefined;
    this.#outbox.pause();
    this.#deps.log.info({ ...this.#ids, ...closing }, "connection ended");
    this.#ending ??= this.#reconnection.after(closing, isPaired(journal));
  }

  /** False when linking is over: no phone scanned in time. */
  #beginAttempt(): boolean {
    this.#pairing ??= new Pairing(this.#deps.pairing, this.#deps.now);
    if (this.#pairing.next() === "go") return true;
    const detail = "Nobody scanned the code in time. Call connect for a new one.";
    this.#ending ??= { kind: "ended", state: "error", reason: "qr_limit", detail };
    return false;
  }

  #openConnection({ opened, stream }: Held): Promise<Closing> {
    const { promise, resolve } = Promise.withResolvers<Closing>();
    const { sessionId } = this.#ids;
    const engine = openEngine({
      sessionId,
      journal: opened.journal,
      devices: this.#devices,
      settings: this.#deps.whatsapp,
      events: {
        onQr: (qr) => this.#showCode(qr),
        onPaired: (identity) => (this.#identity = identity),
        onOpen: (identity) => this.#opened(identity, engine),
        onClosed: resolve,
        onReceived: (draft) => stream.journal(draft),
        onReceipt: (receipt) => publishReceipt(stream, sessionId, receipt),
        findContent: (id) => this.#deps.messages.findContent(sessionId, id),
      },
    });
    this.#engine = engine;
    const left = this.#pairing ? this.#pairing.endsAt - this.#deps.now() : undefined;
    if (left === undefined) return promise;
    const windowTimer = setTimeout(
      () => {
        if (this.#pairing) void engine.close();
      },
      Math.max(0, left),
    );
    return promise.finally(() => clearTimeout(windowTimer));
  }

  #showCode(qr: string): void {
    if (!this.#pairing || this.#ending) return;
    this.#publish(toQrEvent(qr, this.#pairing));
    if (this.#status !== "qr_ready") this.#report({ status: "qr_ready" });
  }

  #opened(identity: Identity, engine: Engine): void {
    if (this.#ending) return;
    this.#identity = identity;
    this.#pairing = undefined;
    this.#reconnection.opened();
    this.#report({ status: "active" });
    sendWaiting(this.#deps, this.#ids.sessionId, this.#outbox).then(
      () => {
        if (this.#engine === engine) this.#outbox.open(engine);
      },
      (err: unknown) => {
        this.#deps.log.error({ ...this.#ids, err }, "waiting messages could not be read");
        // Without them a chat's order cannot be kept: the next connection tries again.
        void engine.close();
      },
    );
  }

  #report(report: StatusReport): void {
    this.#status = report.status;
    this.#publish(toStatusEvent(report, this.#identity, this.#pairing));
  }

  #publish(draft: EventDraft): void {
    this.#held?.stream.publish(draft).catch((err: unknown) => {
      this.#deps.log.warn({ ...this.#ids, err }, "event could not be published");
    });
  }

  async #conclude(ending: LifeEnd): Promise<void> {
    if (!this.#held) {
      await this.#outbox.end(ending.kind === "unreadable" ? "park" : "return");
      return;
    }
    const active = this.#status === "active";
    const estate = {
      ...this.#held,
      deps: this.#deps,
      ids: this.#ids,
      outbox: this.#outbox,
      engine: this.#engine,
      active,
      report: (report: StatusReport) => {
        if (ending.kind === "disconnect") this.#identity = undefined;
        this.#report(report);
      },
    };
    await concludeLife(estate, ending);
  }

  async #endingOf(error: unknown): Promise<LifeEnd> {
    if (error instanceof FencedError) return { kind: "fenced" };
    this.#deps.log.error({ ...this.#ids, err: error }, "session cannot go on");
    if (!(error instanceof JournalUnreadableError)) return { kind: "release" };
    await reportUnreadable(this.#deps, this.#ids, error);
    return { kind: "unreadable" };
  }
}
