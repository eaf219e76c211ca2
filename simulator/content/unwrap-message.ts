import type { proto } from "@whiskeysockets/baileys/WAProto/index.js";

const inside = (message: proto.IMessage): proto.IMessage | null | undefined =>
  (
    message.ephemeralMessage ??
    message.viewOnceMessage ??
    message.viewOnceMessageV2 ??
    message.viewOnceMessageV2Extension ??
    message.documentWithCaptionMessage ??
    message.editedMessage
  )?.message;

const deepest = 5;

/** The message within its wrappers (device-sent, ephemeral, view once…). */
export const unwrapMessage = (message: proto.IMessage): proto.IMessage => {
  let inner = message.deviceSentMessage?.message ?? message;
  for (let depth = 0; depth < deepest; depth += 1) inner = inside(inner) ?? inner;
  return inner;
};

/** Whether it may be looked at once only. */
export const isViewOnce = (message: proto.IMessage): boolean => {
  const outer = message.deviceSentMessage?.message ?? message;
  const { imageMessage, videoMessage, audioMessage } = unwrapMessage(message);
  return Boolean(
    outer.viewOnceMessage ??
    outer.viewOnceMessageV2 ??
    outer.viewOnceMessageV2Extension ??
    (imageMessage?.viewOnce || videoMessage?.viewOnce || audioMessage?.viewOnce || undefined),
  );
};
