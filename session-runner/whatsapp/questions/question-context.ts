import type { Contact } from "#shared/address.ts";
import type { EventDraft } from "#shared/contracts/event.ts";
import type { WASocket } from "../baileys.ts";

export type QuestionContext = {
  socket: WASocket;
  /**
   * Contacts whose presence somebody wants to hear of, by each of their addresses. It outlives the
   * connection, but not the session's life: then it is to be asked for again.
   */
  subscriptions: Map<string, Contact>;
  publish: (draft: EventDraft) => void;
};
