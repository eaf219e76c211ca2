import type { CommandOf } from "#shared/contracts/command.ts";
import type { EventDraft } from "#shared/contracts/event.ts";
import type { SessionSettings } from "#shared/contracts/session-settings.ts";
import type { Engine } from "../whatsapp/engine.ts";
import type { Identity } from "../whatsapp/identity.ts";
import type { SendOutcome } from "../whatsapp/send-outcome.ts";
import { toActionEvent } from "./action-event.ts";
import { BatchStates } from "./batch-states.ts";
import type { SessionDeps, SessionIds } from "./deps.ts";
import { heldForNewChats, judgeMessage } from "./judge-message.ts";
import { NewChats } from "./new-chats.ts";
import { Outbox } from "./outbox.ts";
import type { FinalStatus, OutboxMessage } from "./outbox-message.ts";
import { expectReceipts } from "./receipt-events.ts";
import { sizeUp } from "./size-up.ts";
import type { Held } from "./take-over.ts";
import { listWaiting } from "./waiting-messages.ts";
import { WireNotes } from "./wire-notes.ts";

export type SendingOptions = {
  /** What the session has of its own, once it is taken over. */
  held: () => Held | undefined;
  engine: () => Engine | undefined;
  identity: () => Identity | undefined;
  settings: () => SessionSettings;
  publish: (draft: EventDraft) => void;
};

/** What a session sends: its outbox, what decides about a message, and what is noted and told of it. */
export class Sending {
  outbox: Outbox;
  wireNotes: WireNotes;
  #deps: SessionDeps;
  #ids: SessionIds;
  #options: SendingOptions;
  #batches: BatchStates;
  #newChats: NewChats;

  constructor(deps: SessionDeps, ids: SessionIds, options: SendingOptions) {
    this.#deps = deps;
    this.#ids = ids;
    this.#options = options;
    this.wireNotes = new WireNotes(() => options.held()?.opened.journal);
    this.#newChats = new NewChats({
      journal: () => options.held()?.opened.journal,
      settings: () => options.settings().newChats,
      publish: (draft) => options.publish(draft),
      onFree: () => this.outbox.letGo(heldForNewChats),
      askEnd: async () => options.engine()?.lockEnd(),
      now: deps.now,
    });
    this.#batches = new BatchStates((id) => deps.messages.findBatchState(ids.accountId, id));
    this.outbox = this.#createOutbox();
    this.outbox.pacer.pacing = options.settings().pacing;
  }

  /** The settings have changed. */
  configure(): void {
    this.outbox.pacer.pacing = this.#options.settings().pacing;
    this.#newChats.look();
    this.outbox.lookAgain();
  }

  /** What was held for a batch leaves, or ends, as its new state says. */
  async changeBatch({ batchId }: CommandOf<"batch.change.v1">): Promise<void> {
    const state = await this.#batches.look(batchId);
    this.outbox.lookAgain();
    if (state !== "paused") this.outbox.letGo(batchId);
  }

  /** Ends its timers; the outbox has an end of its own. */
  stop(): void {
    this.#newChats.stop();
  }

  #createOutbox(): Outbox {
    const { messages, now, random, log } = this.#deps;
    const { sessionId } = this.#ids;
    return new Outbox({
      now,
      random,
      judge: (message) =>
        judgeMessage(message, { batches: this.#batches, newChats: this.#newChats }),
      beginDeparture: ({ messageId }, departure) =>
        messages.beginDeparture(sessionId, messageId, departure),
      giveUpDeparture: ({ messageId }, departure) =>
        messages.giveUpDeparture(sessionId, messageId, departure),
      isQueued: ({ messageId }) => messages.isQueued(sessionId, messageId),
      claim: (message) => this.#claim(message),
      mayHaveLeft: (message) => this.wireNotes.mayHaveLeft(message),
      isTold: (message) => this.wireNotes.isTold(message),
      onOutcome: (message, outcome) => this.#noteOutcome(message, outcome),
      park: (message) => messages.park(sessionId, message),
      list: (from) => listWaiting(messages, sessionId, from),
      onTrouble: (err, messageId) =>
        log.error({ ...this.#ids, messageId, err }, "waiting message was not settled"),
      settle: (message, final) => this.#publishFate(message, final),
    });
  }

  #claim(message: OutboxMessage): boolean {
    if (!this.#newChats.claim(message.to)) return false;
    this.wireNotes.leaves(message);
    expectReceipts(this.#ids.sessionId, message);
    return true;
  }

  #noteOutcome(message: OutboxMessage, outcome: SendOutcome): void {
    const { to: chat } = message;
    // An earlier try of it may have left all the same.
    if (outcome.result === "not_sent" && !message.mayHaveLeft) this.wireNotes.stayed(message);
    if (outcome.result === "acknowledged") this.#newChats.started(chat);
    if (outcome.result === "refused" && outcome.reason === "reach_out_locked") {
      void this.#newChats.locked(chat);
    }
  }

  async #publishFate(message: OutboxMessage, final: FinalStatus): Promise<void> {
    const { held, identity, publish } = this.#options;
    const { messageId, whatsappId, to, content } = message;
    const done = final.status === "sent" && toActionEvent(message, identity(), this.#deps.now());
    // Before the status: once that is out, the message is not settled again.
    if (done) publish(done);
    const data = { messageId, whatsappId, to, ...final, ...sizeUp(content) };
    await held()?.stream.publish({ type: "message.status", data });
    this.wireNotes.told(message);
  }
}
