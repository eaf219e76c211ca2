// One session from connect to its end: it takes the journal over, keeps one socket open, and leaves
// nothing behind when it ends.
import type { Contact } from "#shared/address.ts";
import type { CommandOf } from "#shared/contracts/command.ts";
import type { SessionSettings } from "#shared/contracts/session-settings.ts";
import type { SessionState } from "#shared/contracts/session-status.ts";
import type { EventDraft } from "#shared/contracts/event.ts";
import { FencedError } from "../journal/errors.ts";
import { DeviceCache } from "../whatsapp/device-cache.ts";
import { isPaired } from "../whatsapp/identity.ts";
import { answerCommand } from "./answer-command.ts";
import type { Closing, Engine, EngineChoice } from "../whatsapp/engine.ts";
import type { Identity } from "../whatsapp/identity.ts";
import { chooseConnection } from "./choose-connection.ts";
import { concludeLife } from "./conclude-life.ts";
import type { SessionDeps, SessionIds } from "./deps.ts";
import { endingOf } from "./ending-of.ts";
import type { LifeEnd } from "./life-end.ts";
import { linkingOver } from "./linking-over.ts";
import { openConnection } from "./open-connection.ts";
import type { Outbox } from "./outbox.ts";
import type { Fate, OutboxMessage } from "./outbox-message.ts";
import { Pairing } from "./pairing.ts";
import { Reconnection } from "./reconnection.ts";
import { Sending } from "./sending.ts";
import { toPairingCodeEvent, toQrEvent, toStatusEvent } from "./status.ts";
import type { StatusReport } from "./status.ts";
import { takeOver } from "./take-over.ts";
import type { Held } from "./take-over.ts";
import type { Wish } from "./wish.ts";

export class SessionLife {
  /** Settles with how it ended, when nothing of it is left; never rejects. */
  ended: Promise<LifeEnd>;
  /** Resolves when it is first known how things stand: connected, or for whatever reason not. */
  settled: Promise<void>;
  /** False when it ended in the midst of its ending: then that is to be done again. */
  clean = true;
  wish: Wish;
  #deps: SessionDeps;
  #ids: SessionIds;
  #held: Held | undefined;
  #sending: Sending;
  #devices = new DeviceCache();
  #subscriptions = new Map<string, Contact>();
  #engine: Engine | undefined;
  /** The connection that shows a code to type. */
  #typing: Engine | undefined;
  #lost = false;
  #identity: Identity | undefined;
  #pairing: Pairing | undefined;
  #reconnection: Reconnection;
  #ending: LifeEnd | undefined;
  #endAsked = Promise.withResolvers<void>();
  #settle: () => void;
  #last: StatusReport = { status: "inactive" };

  constructor(deps: SessionDeps, ids: SessionIds, wish: Wish) {
    this.#deps = deps;
    this.#ids = ids;
    this.wish = wish;
    this.#reconnection = new Reconnection(deps);
    this.#sending = new Sending(deps, ids, {
      held: () => this.#held,
      engine: () => this.#engine,
      identity: () => this.#identity,
      settings: () => this.wish.settings,
      publish: (draft) => this.#publish(draft),
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.settled = promise;
    this.#settle = resolve;
    this.ended = this.#run().finally(resolve);
  }

  get #outbox(): Outbox {
    return this.#sending.outbox;
  }

  get state(): SessionState {
    return this.#last.status;
  }

  get isEnding(): boolean {
    return this.#ending !== undefined;
  }

  /** Ends the session; gives how when nothing of it is left. The first ending wins. */
  async end(how: LifeEnd): Promise<LifeEnd> {
    this.#ending ??= how;
    // Fenced means not one frame more, and not one event: both are cut in this instant.
    if (how.kind === "fenced") {
      this.#held?.opened.journal.close();
      this.#engine?.abort();
    }
    this.#endAsked.resolve();
    this.#reconnection.interrupt();
    return this.ended;
  }

  /** Another connect: a fresh code while one is shown, no more waiting while backing off. */
  async connectAgain(wish: Wish): Promise<void> {
    const shown = ["qr_ready", "pairing_code_ready"].includes(this.#last.status);
    const other = this.#pairing !== undefined && wish.phone !== this.wish.phone;
    this.wish = wish;
    this.configure(wish.settings);
    this.#reconnection.interrupt();
    // Said again, for whoever has missed it.
    if (!shown && !other) return this.#report(this.#last);
    this.#pairing = undefined;
    await this.#engine?.close();
  }

  /** Takes new settings at once. */
  configure(settings: SessionSettings): void {
    const { markOnline } = this.wish.settings;
    this.wish = { ...this.wish, settings };
    this.#sending.configure();
    if (this.#last.status !== "active" || settings.markOnline === markOnline) return;
    // When it fails, the next connection shows it.
    this.#engine?.showOnline(settings.markOnline).catch(() => undefined);
  }

  /** Closes the socket and opens another one. */
  async restart(): Promise<void> {
    this.#reconnection.interrupt();
    await this.#engine?.close();
  }

  /** @param isOften whether the queue has handed the command out again and again */
  send(message: OutboxMessage, isOften: boolean): Promise<Fate> {
    return this.#outbox.sendNew(message, isOften);
  }

  ask(command: CommandOf<"session.ask.v1">): Promise<Fate> {
    return answerCommand(this.#deps, command, () => this.#outbox.whenOpen());
  }

  changeBatch(command: CommandOf<"batch.change.v1">): Promise<void> {
    return this.#sending.changeBatch(command);
  }

  /** For a worker's slow clock: a session that says little still gets its snapshot. */
  lookAtSnapshot(): void {
    this.#held?.keeper.look();
  }

  async #run(): Promise<LifeEnd> {
    try {
      const held = await takeOver(this.#deps, this.#ids, {
        isNeeded: () => this.#ending?.kind !== "release",
        onFenced: () => void this.end({ kind: "fenced" }),
        isSilent: () => this.wish.settings.muteWebhooks,
      });
      this.#held = held;
      if (held) while (!this.#ending) await this.#connectOnce(held);
    } catch (error) {
      const failure = await endingOf(this.#deps, this.#ids, error);
      this.clean = false;
      this.#ending = failure.kind === "unreadable" ? failure : (this.#ending ?? failure);
    }
    this.#ending ??= { kind: "release" };
    this.#sending.stop();
    this.#held?.inbound.close();
    await this.#conclude(this.#ending).catch(async (err: unknown) => {
      this.clean = false;
      this.#deps.log.error({ ...this.#ids, err }, "session did not end cleanly");
      if (err instanceof FencedError) this.#ending = { kind: "fenced" };
      this.#engine?.abort();
      // Whoever comes to this end next has to find its messages.
      await this.#outbox.end("return");
    });
    this.#held?.opened.journal.close();
    return this.#ending;
  }

  async #connectOnce(held: Held): Promise<void> {
    const { journal } = held.opened;
    const paired = isPaired(journal);
    if (!paired && !this.#beginAttempt()) return;
    const status = this.#lost ? "reconnecting" : "connecting";
    // Of a linked session it is told once, however often it tries; while linking, attempts are counted.
    if (!paired || status !== this.#last.status) this.#report({ status });
    await this.#reconnection.turn({ paired, isOver: () => this.#ending !== undefined });
    const leave = await this.#deps.logins.enter();
    const chosen = await chooseConnection(this.#deps.whatsapp, () => this.wish.settings);
    if ("ending" in chosen) this.#ending ??= chosen.ending;
    else if (this.#ending) chosen.choice.proxy?.close();
    if ("ending" in chosen || this.#ending) return leave();
    const closed = this.#openConnection(held, chosen.choice, leave);
    const closing = await Promise.race([closed, this.#endAsked.promise]);
    if (this.#ending || !closing) return;
    this.#engine = undefined;
    this.#outbox.pause();
    held.inbound.close();
    this.#deps.log.info({ ...this.#ids, ...closing }, "connection ended");
    // Linked and not in: that is no first connecting any more, however long it takes.
    this.#lost = isPaired(journal);
    const ending = this.#reconnection.after(closing, this.#lost);
    // Only its owner may fight for the session, or end it; one that is not linked appends nothing
    // that would tell.
    if (ending || closing.code === 440 || !this.#lost) await journal.confirm();
    this.#ending ??= ending;
  }

  /** False when linking is over. */
  #beginAttempt(): boolean {
    this.#pairing ??= new Pairing(this.#deps.pairing, this.#deps.now);
    if (this.#pairing.next() === "go") return true;
    const { reached } = this.#pairing;
    this.#ending ??= linkingOver({ reached, proxy: this.wish.settings.proxy });
    return false;
  }

  #openConnection(held: Held, choice: EngineChoice, onSettled: () => void): Promise<Closing> {
    const { engine, closed } = openConnection(this.#deps, {
      ...held,
      ids: this.#ids,
      devices: this.#devices,
      subscriptions: this.#subscriptions,
      onNotice: (draft) => this.#publish(draft),
      choice,
      windowEndsAt: this.#pairing?.endsAt,
      isLinking: () => this.#pairing !== undefined,
      onSettled,
      onQr: (qr) => this.#showCode(qr, engine),
      onPaired: (identity) => (this.#identity = identity),
      onOpen: (identity) => this.#opened(identity, engine),
    });
    this.#engine = engine;
    return closed;
  }

  #showCode(qr: string, engine: Engine): void {
    if (!this.#pairing || this.#ending) return;
    this.#pairing.reached = true;
    const { phone } = this.wish;
    if (phone !== undefined) return this.#showTypedCode(phone, engine);
    this.#publish(toQrEvent(qr, this.#pairing));
    if (this.#last.status !== "qr_ready") this.#report({ status: "qr_ready" });
  }

  /** Once a connection; its QR codes come and go unseen. */
  #showTypedCode(phone: string, engine: Engine): void {
    if (this.#typing === engine) return;
    this.#typing = engine;
    engine.requestCode(phone).then(
      (code) => {
        if (!this.#pairing || this.#ending || this.#engine !== engine) return;
        this.#publish(toPairingCodeEvent(code, phone, this.#pairing));
        this.#report({ status: "pairing_code_ready" });
      },
      (err: unknown) => {
        this.#deps.log.warn({ ...this.#ids, err }, "pairing code could not be had");
        void engine.close();
      },
    );
  }

  #opened(identity: Identity, engine: Engine): void {
    if (this.#ending) return;
    this.#identity = identity;
    this.#pairing = undefined;
    this.#lost = false;
    this.#reconnection.opened();
    this.#report({ status: "active" });
    this.#outbox.takeWaiting().then(
      () => {
        if (this.#engine !== engine) return;
        this.#outbox.open(engine);
        this.#held?.inbound.open(engine);
      },
      (err: unknown) => {
        this.#deps.log.error({ ...this.#ids, err }, "waiting messages could not be read");
        // Without them a chat's order cannot be kept: the next connection tries again.
        void engine.close();
      },
    );
  }

  #report(report: StatusReport): void {
    this.#last = report;
    if (report.status !== "connecting" && report.status !== "reconnecting") this.#settle();
    this.#publish(toStatusEvent(report, this.#identity, this.#pairing));
  }

  #publish(draft: EventDraft): void {
    this.#held?.stream.publish(draft).catch((err: unknown) => {
      this.#deps.log.warn({ ...this.#ids, err }, "event could not be published");
    });
  }

  async #conclude(ending: LifeEnd): Promise<void> {
    if (!this.#held) {
      return this.#outbox.end(ending.kind === "unreadable" ? "park" : "return");
    }
    await concludeLife(
      {
        ...this.#held,
        deps: this.#deps,
        ids: this.#ids,
        outbox: this.#outbox,
        wireNotes: this.#sending.wireNotes,
        engine: this.#engine,
        proxy: this.wish.settings.proxy,
        active: this.#last.status === "active",
        report: (report: StatusReport, identity?: Identity | null) => {
          if (identity !== undefined) this.#identity = identity ?? undefined;
          this.#report(report);
        },
      },
      ending,
    );
  }
}
