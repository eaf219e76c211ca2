import { createHmac } from "node:crypto";
import { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import { phoneJidOf } from "../accounts/account.ts";
import type { CompanionKeys, Registration } from "../connection/registrations.ts";
import { fromSignalKey, sign, verify } from "../noise/curve.ts";
import { announceDevice } from "../routing/announce-device.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { lidServer, phoneServer, toJid } from "../stanza/jid.ts";
import { child, requireBytes } from "../stanza/read-node.ts";
import { accountSignaturePrefix, deviceSignaturePrefix } from "./check-device-identity.ts";
import { welcomeCompanion } from "./send-history.ts";
import type { PhoneState } from "./phone-state.ts";

type Slot = { device: number; keyIndex: number };

/** The phone vouches for the companion's identity key, wrapped under its secret. */
const signCompanion = (
  phone: PhoneState,
  companionIdentity: Uint8Array,
  advSecret: Uint8Array,
  slot: Slot,
) => {
  const { identity } = phone.keys;
  const details = proto.ADVDeviceIdentity.encode({
    rawId: Buffer.from(phone.world.random(4)).readUInt32BE(0),
    timestamp: Math.floor(phone.world.now() / 1000),
    keyIndex: slot.keyIndex,
  }).finish();
  const signedIdentity = proto.ADVSignedDeviceIdentity.encode({
    details,
    accountSignatureKey: fromSignalKey(identity.pubKey),
    accountSignature: sign(
      identity.privKey,
      Buffer.concat([accountSignaturePrefix, details, companionIdentity]),
    ),
  }).finish();
  const hmac = createHmac("sha256", advSecret).update(signedIdentity).digest();
  const wrapped = proto.ADVSignedDeviceIdentityHMAC.encode({
    details: signedIdentity,
    hmac,
  }).finish();
  return { details, wrapped };
};

const pairSuccess = (phone: PhoneState, slot: Slot, identity: Uint8Array): BinaryNode => {
  const { number, lid, name } = phone.account;
  const attrs = {
    jid: toJid(number, phoneServer, slot.device),
    lid: toJid(lid, lidServer, slot.device),
  };
  return {
    tag: "pair-success",
    attrs: {},
    content: [
      { tag: "device-identity", attrs: {}, content: identity },
      // Baileys takes its own name from here, and shows no presence before it has one.
      { tag: "biz", attrs: { name } },
      { tag: "device", attrs },
      { tag: "platform", attrs: { name: "iphone" } },
    ],
  };
};

const assertSignedByCompanion = (
  phone: PhoneState,
  companion: CompanionKeys,
  details: Uint8Array,
  answer: BinaryNode,
): void => {
  const identity = requireBytes(child(answer, "pair-device-sign"), "device-identity");
  const signed = proto.ADVSignedDeviceIdentity.decode(identity);
  const accountKey = fromSignalKey(phone.keys.identity.pubKey);
  const message = Buffer.concat([deviceSignaturePrefix, details, companion.identity, accountKey]);
  if (!signed.deviceSignature || !verify(companion.identity, message, signed.deviceSignature))
    throw new Error("the companion did not sign its device identity correctly");
};

export type LinkedDevice = { device: number; jid: string };

/** Links a companion whose secret the phone has learned; resolves once the companion has signed. */
export const linkCompanion = async (
  phone: PhoneState,
  registration: Registration,
  advSecret: Uint8Array,
): Promise<LinkedDevice> => {
  const { world, account } = phone;
  const { companion } = registration;
  const id = world.accounts.reserveDevice(account);
  const slot = { device: id, keyIndex: id };
  const { details, wrapped } = signCompanion(phone, companion.identity, advSecret, slot);
  const answer = await registration.pair(pairSuccess(phone, slot, wrapped));
  assertSignedByCompanion(phone, companion, details, answer);

  const { noiseKey, registrationId, identity, signedPreKey } = companion;
  const device = world.accounts.addDevice(account, {
    id,
    keyIndex: slot.keyIndex,
    noiseKey,
    bundle: { registrationId, identity, signedPreKey },
  });
  announceDevice(world, "add", device);
  registration.restart();
  await phone.inTurn(() => welcomeCompanion(phone, device));
  return { device: id, jid: phoneJidOf(device) };
};
