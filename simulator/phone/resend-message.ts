import { toNumber } from "../stanza/read-node.ts";
import type { Device } from "../accounts/account.ts";
import { lidJidOf, phoneJidOf } from "../accounts/account.ts";
import { readSignedPreKey } from "../queries/signed-pre-key.ts";
import { fetchBundle } from "../routing/fetch-bundle.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { bytesOf, child } from "../stanza/read-node.ts";
import { isSharedJid, phoneServer, toJid } from "../stanza/jid.ts";
import { stanzaAttributes } from "../content/stanza-attributes.ts";
import { senderKeyMessage } from "./deliver-message.ts";
import { encryptFor } from "./encrypt-for.ts";
import type { PhoneState } from "./phone-state.ts";
import { submit } from "./submit.ts";

const mostResends = 5;

/** A fresh session: with the keys in the receipt if it brought some, else with keys from the server. */
const beginAgain = async (
  phone: PhoneState,
  device: Device,
  receipt: BinaryNode,
): Promise<void> => {
  const keys = child(receipt, "keys");
  const identity = bytesOf(child(keys, "identity"));
  const signedPreKey = identity && keys && readSignedPreKey(keys, identity);
  if (!identity || !signedPreKey) {
    const { bundle, preKey } = fetchBundle(phone.world, device);
    return phone.sessions.begin(device, bundle, preKey);
  }
  const { registrationId } = device.bundle;
  const key = child(keys, "key");
  const id = bytesOf(child(key, "id"));
  const value = bytesOf(child(key, "value"));
  const preKey = id && value ? { id: toNumber(id), value } : undefined;
  return phone.sessions.begin(device, { registrationId, identity, signedPreKey }, preKey);
};

/** Sends a message again, under its id, to the one device that could not read it. */
export const resendMessage = async (phone: PhoneState, receipt: BinaryNode): Promise<void> => {
  const { id = "", from, participant } = receipt.attrs;
  const device = phone.world.accounts.deviceOfJid(participant ?? from);
  const sent = phone.outbox.find(id);
  const times = (phone.resends.get(`${id} ${participant ?? from}`) ?? 0) + 1;
  phone.resends.set(`${id} ${participant ?? from}`, times);
  if (!device || !sent || times > mostResends) return;

  await beginAgain(phone, device, receipt);
  const shared = isSharedJid(sent.to);
  const chat = shared ? sent.to : toJid(sent.to, phoneServer);
  const ownCopy = !shared && device.account === phone.account;
  const withKey = shared
    ? { ...sent.message, ...(await senderKeyMessage(phone, chat)) }
    : sent.message;
  const message = ownCopy
    ? { deviceSentMessage: { destinationJid: chat, message: withKey } }
    : withKey;
  const enc = await encryptFor(phone, device, message, { count: String(times) });
  const to = shared
    ? { to: chat, participant: lidJidOf(device) }
    : { to: phoneJidOf(device), ...(ownCopy ? { recipient: chat } : {}) };
  const { type } = stanzaAttributes(sent.message);
  phone.world.store.transaction(() => {
    phone.sessions.save();
    submit(phone, { tag: "message", attrs: { id, ...to, type }, content: [enc] });
  });
};
