import { randomBytes, randomInt } from "node:crypto";
import { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import { generateKeyPair, sign, toSignalKey } from "#simulator/noise/curve.ts";
import type { BinaryNode } from "#simulator/stanza/codec.ts";
import { parseJid, serverJid } from "#simulator/stanza/jid.ts";
import { bytesOf, child, toBytes } from "#simulator/stanza/read-node.ts";
import { connectRaw, type RawConnection } from "./raw-connection.ts";

export type RawDevice = { number: string; device: number; noiseKey: Keys; identity: Keys };
type Keys = ReturnType<typeof generateKeyPair>;

/** As many one-time keys as a client uploads at first; nobody uses them, so noise will do. */
const preKeys = 812;
const deviceSignaturePrefix = Buffer.from([6, 1]);

const leaf = (tag: string, content: Uint8Array): BinaryNode => ({ tag, attrs: {}, content });

const signDevice = (identity: Keys, wrapped: Uint8Array): Uint8Array => {
  const { details: signed } = proto.ADVSignedDeviceIdentityHMAC.decode(wrapped);
  const account = proto.ADVSignedDeviceIdentity.decode(signed ?? new Uint8Array());
  const { details = new Uint8Array(), accountSignatureKey = new Uint8Array() } = account;
  const message = [deviceSignaturePrefix, details, identity.publicKey, accountSignatureKey];
  account.deviceSignature = sign(
    identity.privateKey,
    Buffer.concat(message.map((part) => part ?? new Uint8Array())),
  );
  return proto.ADVSignedDeviceIdentity.encode(account).finish();
};

const answerPairing = (
  connection: RawConnection,
  { attrs }: BinaryNode,
  success: BinaryNode,
  identity: Keys,
): RawDevice["number"] => {
  const wrapped = bytesOf(child(success, "device-identity")) ?? new Uint8Array();
  const answer = leaf("device-identity", signDevice(identity, wrapped));
  connection.send({
    tag: "iq",
    attrs: { to: serverJid, type: "result", id: attrs["id"] ?? "" },
    content: [{ tag: "pair-device-sign", attrs: {}, content: [answer] }],
  });
  return child(success, "device")?.attrs["jid"] ?? "";
};

/** Registers, shows its QR code, and resolves once it is paired and the server has closed. */
export const pairRaw = (url: string, show: (qr: string) => void): Promise<RawDevice> => {
  const [noiseKey, identity, signedPreKey] = [0, 1, 2].map(() => generateKeyPair());
  if (!noiseKey || !identity || !signedPreKey) throw new Error("unreachable");
  const signature = sign(identity.privateKey, toSignalKey(signedPreKey.publicKey));
  let jid = "";
  const devicePairingData = {
    eRegid: toBytes(randomInt(1, 16_380), 4),
    eKeytype: Buffer.from([5]),
    eIdent: identity.publicKey,
    eSkeyId: toBytes(1, 3),
    eSkeyVal: signedPreKey.publicKey,
    eSkeySig: signature,
  };
  return new Promise((resolve, reject) => {
    const receive = (node: BinaryNode, connection: RawConnection): void => {
      const refs = child(node, "pair-device");
      const success = child(node, "pair-success");
      if (refs) {
        const ref = Buffer.from(bytesOf(child(refs, "ref")) ?? "").toString();
        const keys = [noiseKey.publicKey, identity.publicKey, randomBytes(32)];
        show([ref, ...keys.map((key) => Buffer.from(key).toString("base64"))].join(","));
      }
      if (success) jid = answerPairing(connection, node, success, identity);
    };
    connectRaw(url, noiseKey, { devicePairingData }, receive, () => {
      const { user = "", device = 0 } = parseJid(jid) ?? {};
      if (user === "") reject(new Error("the connection was closed before it was paired"));
      else resolve({ number: user, device, noiseKey, identity });
    });
  });
};

const confirm = (connection: RawConnection, { tag, attrs }: BinaryNode): void => {
  const { id = "", from = "", category } = attrs;
  if (tag === "message") {
    const type = category === "peer" ? { type: "peer_msg" } : {};
    connection.send({ tag: "receipt", attrs: { id, to: from, ...type } });
  }
  if (tag === "notification" || tag === "receipt") {
    const type = attrs["type"] === undefined ? {} : { type: attrs["type"] };
    connection.send({ tag: "ack", attrs: { id, to: from, class: tag, ...type } });
  }
};

const uploadKeys = (connection: RawConnection, { identity }: RawDevice): void => {
  const signedPreKey = generateKeyPair();
  const signature = sign(identity.privateKey, toSignalKey(signedPreKey.publicKey));
  const keys = Array.from({ length: preKeys }, (_, index) => ({
    tag: "key",
    attrs: {},
    content: [leaf("id", toBytes(index + 1, 3)), leaf("value", randomBytes(32))],
  }));
  connection.send({
    tag: "iq",
    attrs: { to: serverJid, type: "set", xmlns: "encrypt", id: "keys" },
    content: [
      leaf("registration", toBytes(1, 4)),
      leaf("type", Buffer.from([5])),
      leaf("identity", identity.publicKey),
      { tag: "list", attrs: {}, content: keys },
      {
        tag: "skey",
        attrs: {},
        content: [
          leaf("id", toBytes(2, 3)),
          leaf("value", signedPreKey.publicKey),
          leaf("signature", signature),
        ],
      },
    ],
  });
};

/** Logs in, uploads its keys and resolves when the server has taken them; then it only confirms. */
export const logInRaw = (
  url: string,
  device: RawDevice,
  received: () => void,
): Promise<RawConnection> =>
  new Promise((resolve, reject) => {
    const payload = { username: Number(device.number), device: device.device, passive: true };
    connectRaw(
      url,
      device.noiseKey,
      payload,
      (node, connection) => {
        if (node.tag === "success") uploadKeys(connection, device);
        if (node.tag === "iq" && node.attrs["id"] === "keys") resolve(connection);
        if (node.tag === "message" && node.attrs["category"] !== "peer") received();
        confirm(connection, node);
      },
      () => reject(new Error(`the connection of ${device.number} was closed`)),
    );
  });
