import { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import { fileOf, pollOf } from "./read-content.ts";
import { unwrapMessage } from "./unwrap-message.ts";

const mediaTypeOf = (message: proto.IMessage): string | undefined => {
  const { contactMessage, contactsArrayMessage } = unwrapMessage(message);
  const kind = fileOf(message)?.kind;
  if (kind === "voice") return "ptt";
  return kind ?? (contactMessage ? "vcard" : contactsArrayMessage ? "contact_array" : undefined);
};

const editOf = ({ protocolMessage }: proto.IMessage): string | undefined => {
  const types = proto.Message.ProtocolMessage.Type;
  if (protocolMessage?.type === types.MESSAGE_EDIT) return "1";
  if (protocolMessage?.type !== types.REVOKE) return undefined;
  const ownMessage = protocolMessage.key?.fromMe !== false;
  return ownMessage ? "7" : "8";
};

/** What the outside of a stanza tells about the message inside it. */
export const stanzaAttributes = (
  message: proto.IMessage,
): { type: string; edit: string | undefined; mediatype: string | undefined } => {
  const inner = unwrapMessage(message);
  const mediatype = mediaTypeOf(message);
  const poll = pollOf(message) ?? inner.pollUpdateMessage;
  const type = inner.reactionMessage ? "reaction" : poll ? "poll" : mediatype ? "media" : "text";
  return { type, edit: editOf(inner), mediatype };
};
