import type { BinaryNode } from "../stanza/codec.ts";
import { answerCompanion } from "./answer-companion.ts";
import { askForRetry } from "./ask-for-retry.ts";
import { confirmMessage } from "./message-receipts.ts";
import { openMessage } from "./open-message.ts";
import type { PhoneState } from "./phone-state.ts";
import { acknowledge } from "./submit.ts";

/** What a phone does with a message: decrypt, show it once, confirm it or ask for it again. */
export const receiveMessage = async (phone: PhoneState, node: BinaryNode): Promise<void> => {
  const { world, inbox, sessions } = phone;
  const { id = "", from, participant, category } = node.attrs;
  const sender = world.accounts.senderOfJid(participant ?? from);
  // Removed before the server was restarted: its keys are gone.
  if (!sender) return acknowledge(phone, node);
  const opened = await openMessage(phone, sender, node);
  world.store.transaction(() => {
    sessions.save();
    if (opened.outcome === "undecryptable") {
      phone.undecryptable.push({ id, from: sender.account.number, reason: opened.reason });
      askForRetry(phone, node);
      return;
    }
    // What own devices tell their phone is not for people to see.
    const shown = opened.outcome === "message" && category !== "peer";
    if (shown) inbox.add(opened.message);
    confirmMessage(phone, node, sender);
  });
  const fromOwn = opened.outcome === "message" && category === "peer";
  if (fromOwn && sender.account === phone.account && opened.message.message)
    await answerCompanion(phone, sender, id, opened.message.message);
};
