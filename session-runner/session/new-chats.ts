// Chats that the account has not had before are what WhatsApp watches: it locks accounts that start
// too many. Here they are counted by the day, and held back while the account is locked.
import type { EventDraft } from "#shared/contracts/event.ts";
import type { SessionLimit } from "#shared/contracts/notice.ts";
import type { SessionSettings } from "#shared/contracts/session-settings.ts";
import type { Journal } from "../journal/journal.ts";
import { isKnownChat } from "../whatsapp/known-chat.ts";

/** What the journal keeps: a restart must not forget a lock, nor begin to count anew. */
type Standing = {
  /** Since when `count` counts, in milliseconds since 1970. */
  since: number;
  count: number;
  lockedUntil: number;
  /** How long the last lock was taken to last, where WhatsApp did not say. */
  lockMs: number;
  /** Chats that a lock refused: they are new still. */
  refused: string[];
};

export type NewChatsOptions = {
  journal: () => Journal | undefined;
  settings: () => SessionSettings["newChats"];
  publish: (draft: EventDraft) => void;
  /** Lets go what was held. */
  onFree: () => void;
  /** When WhatsApp says that the lock ends; undefined when it does not say. */
  askEnd: () => Promise<number | undefined>;
  now: () => number;
};

const dayMs = 24 * 3_600_000;
const hourMs = 3_600_000;
const refusedAtMost = 200;

export class NewChats {
  #options: NewChatsOptions;
  /** Let through since the window began: their later messages count no more. */
  #claimed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #said: SessionLimit | undefined;

  constructor(options: NewChatsOptions) {
    this.#options = options;
  }

  /** Whether a message to this chat has to wait. */
  holds(chat: string): boolean {
    if (!this.#isNew(chat)) return false;
    const limit = this.#limit();
    if (limit) this.#say(limit);
    return limit !== undefined;
  }

  /** Counts a chat that is about to be started; false when it must wait after all. */
  claim(chat: string): boolean {
    if (!this.#isNew(chat)) return true;
    if (this.#limit()) return false;
    // Nobody counts where there is no limit.
    if (this.#options.settings().perDay === null) return true;
    this.#claimed.add(chat);
    const standing = this.#standing();
    this.#keep({ ...standing, count: standing.count + 1 });
    return true;
  }

  /** WhatsApp has taken a message to this chat: it is new no more. */
  started(chat: string): void {
    const standing = this.#standing();
    if (!standing.refused.includes(chat)) return;
    this.#keep({ ...standing, refused: standing.refused.filter((other) => other !== chat) });
  }

  /** WhatsApp has refused to start this chat. */
  async locked(chat: string): Promise<void> {
    const { now, settings, askEnd } = this.#options;
    this.#claimed.delete(chat);
    const { lockedUntil, lockMs, refused, ...standing } = this.#standing();
    const again = lockedUntil > now();
    const nextMs = again ? lockMs : Math.min(Math.max(lockMs * 2, hourMs), dayMs);
    const kept = [...refused.filter((other) => other !== chat), chat].slice(-refusedAtMost);
    const until = again ? lockedUntil : now() + nextMs;
    // At once, and then as WhatsApp says: meanwhile no other chat may be tried.
    this.#keep({ ...standing, refused: kept, lockMs: nextMs, lockedUntil: until });
    if (again || !settings().pauseOnLock) return;
    const end = await askEnd().catch(() => undefined);
    if (end !== undefined && end > now()) this.#keep({ ...this.#standing(), lockedUntil: end });
    const limit = this.#limit();
    if (limit) this.#say(limit);
  }

  /** Settings have changed, or the time has come: who may go, goes. */
  look(): void {
    clearTimeout(this.#timer);
    const limit = this.#limit();
    if (limit) return this.#say(limit);
    if (!this.#said) return;
    const { limit: name } = this.#said;
    this.#said = undefined;
    const detail = "New chats go out again.";
    this.#publish({ limit: name, active: false, until: null, detail });
    this.#options.onFree();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #isNew(chat: string): boolean {
    const journal = this.#options.journal();
    if (!journal || this.#claimed.has(chat)) return false;
    return this.#standing().refused.includes(chat) || !isKnownChat(journal, chat);
  }

  #limit(): SessionLimit | undefined {
    const { perDay, pauseOnLock } = this.#options.settings();
    const { since, count, lockedUntil } = this.#standing();
    if (pauseOnLock && lockedUntil > this.#options.now()) {
      const detail = "WhatsApp does not let this account start chats for now; others go on.";
      return { limit: "reach_out_lock", active: true, until: toTime(lockedUntil), detail };
    }
    if (perDay === null || count < perDay) return undefined;
    const detail = `The session has started ${count} chats within a day, as many as it may.`;
    return { limit: "new_chats_per_day", active: true, until: toTime(since + dayMs), detail };
  }

  /** Once each; and it is looked at again when it should be over. */
  #say(limit: SessionLimit): void {
    if (this.#said?.limit !== limit.limit || this.#said.until !== limit.until) {
      this.#said = limit;
      this.#publish(limit);
    }
    clearTimeout(this.#timer);
    const wait = Date.parse(limit.until ?? "") - this.#options.now();
    this.#timer = setTimeout(() => this.look(), Math.max(wait, 0) + 1).unref();
  }

  #publish(data: SessionLimit): void {
    this.#options.publish({ type: "session.limit", data });
  }

  #standing(): Standing {
    const now = this.#options.now();
    const text = this.#options.journal()?.fold.keys.get(keyType)?.get(keyId);
    const fresh = { since: now, count: 0, lockedUntil: 0, lockMs: 0, refused: [] };
    const stored = text === undefined ? fresh : (JSON.parse(text) as Standing);
    if (now - stored.since < dayMs) return stored;
    this.#claimed.clear();
    return { ...stored, since: now, count: 0 };
  }

  /** Travels with the next append: it is no reason for one. */
  #keep(standing: Standing): void {
    const keys = { [keyType]: { [keyId]: JSON.stringify(standing) } };
    this.#options.journal()?.stage({ keys }, { when: "next" });
  }
}

/** Beside the Signal keys, as one more record of the session. */
const keyType = "wafleet-limits";
const keyId = "new-chats";

function toTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
