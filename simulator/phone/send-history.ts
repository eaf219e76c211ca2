// What a phone tells a new companion: the key of the shared state, then its chats.
import { deflateSync } from "node:zlib";
import { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import type { Device } from "../accounts/account.ts";
import { deliverToCompanion } from "./deliver-message.ts";
import { uploadFile } from "./phone-files.ts";
import type { PhoneState } from "./phone-state.ts";
import { toConversations, toPushNames } from "./web-messages.ts";

const kinds = proto.HistorySync.HistorySyncType;
const types = proto.Message.ProtocolMessage.Type;

/** The bootstrap shows a few messages a chat at once; the rest follows as recent history. */
const bootstrapMessages = 20;
const recentMessages = 1_000;

export const shareStateKey = async (phone: PhoneState, companion: Device): Promise<void> => {
  const { id, data } = phone.world.appStates.of(phone.account).key;
  const keyData = {
    keyData: data,
    timestamp: phone.world.now(),
    fingerprint: { rawId: 1, currentIndex: 0, deviceIndexes: [0] },
  };
  await deliverToCompanion(phone, companion, {
    protocolMessage: {
      type: types.APP_STATE_SYNC_KEY_SHARE,
      appStateSyncKeyShare: { keys: [{ keyId: { keyId: id }, keyData }] },
    },
  });
};

/** Hands over one chunk, within the message or through the media host. */
export const sendHistoryChunk = async (
  phone: PhoneState,
  companion: Device,
  chunk: proto.IHistorySync,
  extra: proto.Message.IHistorySyncNotification = {},
): Promise<void> => {
  const file = deflateSync(proto.HistorySync.encode(proto.HistorySync.create(chunk)).finish());
  const carrier =
    phone.account.profile.sync === "inline"
      ? { initialHistBootstrapInlinePayload: file }
      : (({ secrets, directPath }) => ({ ...secrets, directPath }))(
          uploadFile(phone, file, "history"),
        );
  const historySyncNotification = {
    syncType: chunk.syncType as proto.Message.HistorySyncType,
    progress: chunk.progress ?? null,
    chunkOrder: chunk.chunkOrder ?? null,
    ...carrier,
    ...extra,
  };
  await deliverToCompanion(phone, companion, {
    protocolMessage: { type: types.HISTORY_SYNC_NOTIFICATION, historySyncNotification },
  });
};

/** Everything that a companion gets once, right after it was linked. */
export const welcomeCompanion = async (phone: PhoneState, companion: Device): Promise<void> => {
  if (phone.account.profile.sync === "off") return;
  await shareStateKey(phone, companion);
  const names = toPushNames(phone);
  await sendHistoryChunk(phone, companion, {
    syncType: kinds.INITIAL_BOOTSTRAP,
    conversations: toConversations(phone, bootstrapMessages),
    phoneNumberToLidMappings: names.phoneNumberToLidMappings,
    chunkOrder: 1,
    progress: 100,
  });
  await sendHistoryChunk(phone, companion, {
    syncType: kinds.PUSH_NAME,
    pushnames: names.pushnames,
  });
  const conversations = toConversations(phone, recentMessages);
  if (conversations.length > 0)
    await sendHistoryChunk(phone, companion, {
      syncType: kinds.RECENT,
      conversations,
      chunkOrder: 1,
      progress: 100,
    });
};
