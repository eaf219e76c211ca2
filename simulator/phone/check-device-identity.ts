import { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import type { Device } from "../accounts/account.ts";
import { verify } from "../noise/curve.ts";

export const accountSignaturePrefix = Buffer.from([6, 0]);
export const deviceSignaturePrefix = Buffer.from([6, 1]);

/** Devices whose identity held, with that identity: it comes again with every first-contact message. */
const approved = new WeakMap<Device, Buffer>();

const findFault = (device: Device, signed: Uint8Array): string | undefined => {
  const { details, accountSignature, deviceSignature } =
    proto.ADVSignedDeviceIdentity.decode(signed);
  const accountKey = device.account.devices.get(0)?.bundle.identity;
  if (!details || !accountSignature || !deviceSignature || !accountKey)
    return "its device identity is incomplete";
  const { identity } = device.bundle;
  const vouched = Buffer.concat([accountSignaturePrefix, details, identity]);
  if (!verify(accountKey, vouched, accountSignature))
    return "its device identity is not signed by its phone";
  const accepted = Buffer.concat([deviceSignaturePrefix, details, identity, accountKey]);
  if (!verify(identity, accepted, deviceSignature))
    return "its device identity is not signed by the device";
  const { keyIndex } = proto.ADVDeviceIdentity.decode(details);
  return keyIndex === device.keyIndex ? undefined : "its device identity is for another key index";
};

/** Why a phone would not believe a companion's first message; undefined when it would. */
export const findIdentityFault = (
  device: Device,
  signed: Uint8Array | undefined,
): string | undefined => {
  if (device.id === 0) return undefined;
  if (!signed) return "a companion's first message came without its device identity";
  if (approved.get(device)?.equals(signed)) return undefined;
  const fault = findFault(device, signed);
  if (fault === undefined) approved.set(device, Buffer.from(signed));
  return fault;
};
