// Events are much alike. Deflated with what they all contain, the three of a text take a tenth of
// their JSON, and what is stored of many of them still is one write unit.
import { deflateRawSync, inflateRawSync } from "node:zlib";

/**
 * Texts of version 1 can be read only with exactly these bytes: never edit it, add a version with
 * another one. What is frequent stands at the end, where it is nearest.
 */
const dictionary = Buffer.from(
  [
    '{"type":"session.status","data":{"status":"active","reason":null,"detail":null,"canReconnect":true,"phone":"+',
    '","lid":"@lid","name":"","attempt":0,"pairingWindowEndsAt":null},"reconnecting","connecting"',
    '{"type":"presence.update","data":{"chat":{"id":"contact.update","data":{"contact":{"id":"pushName":"',
    '"type":"message.reaction","message.edited","message.deleted","message.media","group.update","call.received"',
    '"mediaId":"med_","mimetype":"image/jpeg","size":,"sha256":"","mediaStatus":"ready","caption":"","image":{"video":{"audio":{"document":{',
    '"status":"failed","kind":"text","reason":"","detail":"","unknown","played","recipient":{"id":"@g.us"',
    '{"type":"message.received","data":{"messageId":"msg_","whatsappId":"3EB0","chat":{"id":"@lid","phone":"+","lid":"',
    '@s.whatsapp.net","phone":"+","lid":null},"from":{"id":"@s.whatsapp.net","phone":"+","lid":"@lid"},"fromMe":false,',
    '"pushName":"","sentAt":"2026-01-01T00:00:00.000Z","content":{"type":"text","text":{"body":""}}},"id":"evt_01","cursor":"1.',
    '"attempt":{"at":179,"ms":1,"status":200}},{"event":',
    '[{"type":"message.status","data":{"messageId":"msg_01","whatsappId":"3EB0","to":"@lid","status":"sent","kind":"text","reason":null,"detail":null},',
    '"id":"evt_01","cursor":"1.1","sessionId":"ses_01","accountId":"acc_01","at":"2026-01-01T00:00:00.000Z"},',
    '{"type":"message.status","data":{"messageId":"msg_01","whatsappId":"3EB0","to":"@s.whatsapp.net","status":"delivered","reason":null,"detail":null},',
    '"id":"evt_01","cursor":"1.1","sessionId":"ses_01","accountId":"acc_01","at":"2026-01-01T00:00:00.000Z"},',
    '{"type":"message.status","data":{"messageId":"msg_01","whatsappId":"3EB0","to":"@s.whatsapp.net","status":"read","reason":null,"detail":null},',
    '"id":"evt_01","cursor":"1.1","sessionId":"ses_01","accountId":"acc_01","at":"2026-01-01T00:00:00.000Z"}]',
  ].join(""),
);
const version = 1;

export function packText(text: string): Uint8Array {
  return Buffer.concat([Buffer.of(version), deflateRawSync(text, { dictionary })]);
}

/** @throws {Error} when the bytes are not of a version that is known here */
export function unpackText(packed: Uint8Array): string {
  if (packed[0] !== version) throw new Error(`text is packed in version ${packed[0]}: not known`);
  return inflateRawSync(packed.subarray(1), { dictionary }).toString("utf8");
}
