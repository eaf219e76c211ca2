import type { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import type { Account } from "../accounts/account.ts";
import { hashOption, openVote, sealVote } from "../content/poll-votes.ts";
import { pollOf } from "../content/read-content.ts";
import { isSharedJid, lidServer, phoneServer, toJid } from "../stanza/jid.ts";
import { keyOf, requireMessage, type KnownMessage } from "./known-message.ts";
import type { PhoneState } from "./phone-state.ts";

type Poll = { secret: Uint8Array; creator: Account; options: string[]; chat: string };

const requirePoll = (phone: PhoneState, known: KnownMessage): Poll => {
  const poll = pollOf(known.message);
  const secret = known.message.messageContextInfo?.messageSecret ?? poll?.encKey;
  const creator = phone.world.accounts.ofNumber(known.author);
  if (!poll || !secret || !creator) throw new Error(`message ${known.id} is no poll to vote in`);
  const options = (poll.options ?? []).map(({ optionName }) => optionName ?? "");
  return { secret, creator, options, chat: known.chat };
};

const byNumber = (account: Account): string => toJid(account.number, phoneServer);
const byLid = (account: Account): string => toJid(account.lid, lidServer);

/** The options that somebody chose; undefined when this phone cannot read the vote. */
export const readVote = (
  phone: PhoneState,
  voter: Account,
  update: proto.Message.IPollUpdateMessage,
): string[] | undefined => {
  const pollId = update.pollCreationMessageKey?.id ?? "";
  try {
    const poll = requirePoll(phone, requireMessage(phone, pollId));
    // Clients differ in which of their two addresses they bind a vote to.
    for (const creatorOf of [byNumber, byLid])
      for (const voterOf of [byNumber, byLid]) {
        const context = { pollId, creatorJid: creatorOf(poll.creator), voterJid: voterOf(voter) };
        const chosen = tryToOpen(update, poll.secret, context);
        if (chosen)
          return poll.options.filter((option) =>
            chosen.some((hash) => hashOption(option).equals(hash)),
          );
      }
  } catch {
    // The poll never came here.
  }
  return undefined;
};

const tryToOpen = (
  update: proto.Message.IPollUpdateMessage,
  ...rest: [Uint8Array, Parameters<typeof openVote>[2]]
): Uint8Array[] | undefined => {
  try {
    return openVote(update.vote ?? {}, ...rest);
  } catch {
    return undefined;
  }
};

/** The message that votes in a poll, and the chat it goes to. */
export const toVote = (
  phone: PhoneState,
  pollId: string,
  options: string[],
): { chat: string; message: proto.IMessage } => {
  const known = requireMessage(phone, pollId);
  const { secret, creator, options: offered, chat } = requirePoll(phone, known);
  const strange = options.find((option) => !offered.includes(option));
  if (strange !== undefined)
    throw new Error(`the poll does not offer "${strange}", only ${offered.join(", ")}`);
  const addressOf = isSharedJid(chat) ? byLid : byNumber;
  const context = { pollId, creatorJid: addressOf(creator), voterJid: addressOf(phone.account) };
  const vote = sealVote(options, secret, context, phone.world.random(12));
  const pollCreationMessageKey = keyOf(phone, known);
  const senderTimestampMs = phone.world.now();
  return {
    chat,
    message: { pollUpdateMessage: { pollCreationMessageKey, vote, senderTimestampMs } },
  };
};
