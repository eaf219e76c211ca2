import { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import { unwrapMessage } from "../content/unwrap-message.ts";
import type { Device } from "../accounts/account.ts";
import { isSharedJid, phoneServer, toJid } from "../stanza/jid.ts";
import { deliverToCompanion } from "./deliver-message.ts";
import { requireMessage } from "./known-message.ts";
import type { PhoneState } from "./phone-state.ts";
import { sendHistoryChunk, shareStateKey } from "./send-history.ts";
import { toConversations, toWebMessage } from "./web-messages.ts";

const types = proto.Message.ProtocolMessage.Type;
const requests = proto.Message.PeerDataOperationRequestType;
type Request = proto.Message.IPeerDataOperationRequestMessage;

const resendPlaceholders = async (
  phone: PhoneState,
  companion: Device,
  stanzaId: string,
  request: Request,
): Promise<void> => {
  const asked = (request.placeholderMessageResendRequest ?? []).map(({ messageKey }) => messageKey);
  const results = asked.flatMap((key) => {
    const id = key?.id ?? "";
    const at = phone.inbox.find({ id })?.at ?? phone.outbox.find(id)?.at;
    if (at === undefined) return [];
    const message = toWebMessage(phone, { ...requireMessage(phone, id), at });
    const webMessageInfoBytes = proto.WebMessageInfo.encode(message).finish();
    return [{ placeholderMessageResendResponse: { webMessageInfoBytes } }];
  });
  await deliverToCompanion(phone, companion, {
    protocolMessage: {
      type: types.PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE,
      peerDataOperationRequestResponseMessage: {
        peerDataOperationRequestType: requests.PLACEHOLDER_MESSAGE_RESEND,
        stanzaId,
        peerDataOperationResult: results,
      },
    },
  });
};

const sendOlderMessages = async (
  phone: PhoneState,
  companion: Device,
  stanzaId: string,
  request: Request,
): Promise<void> => {
  const { chatJid, oldestMsgId, onDemandMsgCount } = request.historySyncOnDemandRequest ?? {};
  const conversations = toConversations(phone, Number.POSITIVE_INFINITY)
    .filter(
      ({ id }) =>
        id === chatJid || (!isSharedJid(id ?? "") && id === toJid(chatJid ?? "", phoneServer)),
    )
    .map((chat) => {
      const messages = chat.messages ?? [];
      const oldest = messages.findIndex(({ message }) => message?.key?.id === oldestMsgId);
      const older = messages.slice(oldest + 1);
      return { ...chat, messages: older.slice(0, onDemandMsgCount ?? older.length) };
    });
  await sendHistoryChunk(
    phone,
    companion,
    { syncType: proto.HistorySync.HistorySyncType.ON_DEMAND, conversations },
    { peerDataRequestSessionId: stanzaId },
  );
};

/** Answers what an own companion asks its phone for: a message, older history, the state key. */
export const answerCompanion = async (
  phone: PhoneState,
  companion: Device,
  stanzaId: string,
  message: proto.IMessage,
): Promise<void> => {
  const { protocolMessage } = unwrapMessage(message);
  const request = protocolMessage?.peerDataOperationRequestMessage;
  const kind = request?.peerDataOperationRequestType;
  if (request && kind === requests.PLACEHOLDER_MESSAGE_RESEND)
    await resendPlaceholders(phone, companion, stanzaId, request);
  if (request && kind === requests.HISTORY_SYNC_ON_DEMAND)
    await sendOlderMessages(phone, companion, stanzaId, request);
  if (protocolMessage?.type === types.APP_STATE_SYNC_KEY_REQUEST)
    await shareStateKey(phone, companion);
};
