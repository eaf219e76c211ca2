import { agree, fromSignalKey, generateKeyPair } from "../noise/curve.ts";
import { linkCompanion, type LinkedDevice } from "./link-companion.ts";
import { assertNoPasskey, assertRoomForCompanion } from "./may-link.ts";
import {
  deriveAdvSecret,
  openKeyBundle,
  unwrapWithCode,
  wrapWithCode,
} from "./pairing-code-crypto.ts";
import type { PhoneState } from "./phone-state.ts";

const wrongCode = (): Error =>
  new Error("wrong pairing code: ask the companion for a new one and type it as shown");

/** What a person does who links a device with its phone number: types the code that it shows. */
export const enterCode = async (phone: PhoneState, typed: string): Promise<LinkedDevice> => {
  assertRoomForCompanion(phone);
  const { world, account, keys } = phone;
  const code = typed.replaceAll(/[\s-]/g, "").toUpperCase();
  if (!/^[0-9A-Z]{8}$/.test(code))
    throw new Error("a pairing code has eight letters and digits: type it as shown");
  const { registration, request } = world.registrations.findByCode(account.number);
  assertNoPasskey(phone, registration);
  const ephemeral = generateKeyPair();
  const companionEphemeral = await unwrapWithCode(code, request.wrappedEphemeral);
  const { identity, wrappedBundle } = await request.exchange({
    identity: fromSignalKey(keys.identity.pubKey),
    wrappedEphemeral: await wrapWithCode(code, ephemeral.publicKey, world.random),
  });
  const shared = agree(ephemeral.privateKey, companionEphemeral);
  const bundle = (() => {
    try {
      return openKeyBundle(shared, wrappedBundle);
    } catch {
      throw wrongCode();
    }
  })();
  if (Buffer.compare(bundle.companionIdentity, identity) !== 0) throw wrongCode();
  const identityShared = agree(keys.identity.privKey, identity);
  const advSecret = deriveAdvSecret(shared, identityShared, bundle.random);
  world.registrations.close(registration);
  return linkCompanion(phone, registration, advSecret);
};
