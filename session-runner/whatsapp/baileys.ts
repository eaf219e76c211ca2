// The one place through which Baileys is loaded: what mends Node and libsignal must run before it.
import "./few-random-bytes.ts";
import "./secret-keys.ts";
import "./signal-crypto.ts";
import "./signatures.ts";
import "./sender-key-records.ts";
import { baileys } from "./load-baileys.ts";

export const {
  Browsers,
  BufferJSON,
  decodeMediaRetryNode,
  decryptMediaRetryData,
  decryptPollVote,
  DEFAULT_CONNECTION_CONFIG,
  DEFAULT_ORIGIN,
  encryptMediaRetryRequest,
  getMediaKeys,
  initAuthCreds,
  isHostedLidUser,
  isHostedPnUser,
  isLidUser,
  isPnUser,
  jidDecode,
  jidEncode,
  jidNormalizedUser,
  makeWASocket,
  MEDIA_PATH_MAP,
  unpadRandomMax16,
  WA_CERT_DETAILS,
} = baileys;
export { proto } from "@whiskeysockets/baileys/WAProto/index.js";
export type {
  AuthenticationCreds,
  BinaryNode,
  CacheStore,
  Contact,
  GroupMetadata,
  SignalDataSet,
  SignalDataTypeMap,
  SignalKeyStore,
  SignalKeyStoreWithTransaction,
  SocketConfig,
  WAMessage,
  WASocket,
} from "@whiskeysockets/baileys";
