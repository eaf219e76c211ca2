import { toSignalKey, verify } from "../noise/curve.ts";
import type { Established } from "../noise/respond-handshake.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { endsAt } from "../faults/end-connection.ts";
import { serverJid } from "../stanza/jid.ts";
import { toNumber } from "../stanza/read-node.ts";
import { timestamp, type World } from "../world.ts";
import { answerQuery } from "../queries/answer-query.ts";
import type { Channel, StanzaHandler } from "./channel.ts";
import { makeLinkCodeDesk } from "./link-code.ts";
import { passkeyDemand } from "./passkey-demand.ts";
import type { CompanionKeys, Registration } from "./registrations.ts";
import { loginFailure, streamError } from "./stream-error.ts";

const refCount = 6;
const firstRefLifetimes = 3;

const readCompanion = ({ payload, clientStatic }: Established): CompanionKeys => {
  const { eRegid, eIdent, eSkeyId, eSkeyVal, eSkeySig } = payload.devicePairingData ?? {};
  if (!eRegid || eIdent?.length !== 32 || !eSkeyId || eSkeyVal?.length !== 32 || !eSkeySig)
    throw new Error("the registration lacks keys");
  return {
    noiseKey: Uint8Array.from(clientStatic),
    registrationId: toNumber(eRegid),
    identity: Uint8Array.from(eIdent),
    signedPreKey: {
      id: toNumber(eSkeyId),
      value: Uint8Array.from(eSkeyVal),
      signature: Uint8Array.from(eSkeySig),
    },
  };
};

const issueRefs = (world: World): Registration["refs"] =>
  Array.from({ length: refCount }, (_, index) => ({
    ref: `2@${Buffer.from(world.random(48)).toString("base64")}`,
    expiresAt: world.now() + (firstRefLifetimes + index) * world.refTtlMs,
  }));

/** A companion without an account: it gets refs to show as QR codes and waits for a phone. */
export const register = (
  world: World,
  channel: Channel,
  established: Established,
): StanzaHandler => {
  const companion = readCompanion(established);
  const { identity, signedPreKey } = companion;
  const codes = makeLinkCodeDesk(world, channel);
  const waiting = new Map<string, { resolve(node: BinaryNode): void; reject(e: Error): void }>();
  const request = (id: string, content: BinaryNode): Promise<BinaryNode> =>
    new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      channel.send({
        tag: "iq",
        attrs: { from: serverJid, id, type: "set", t: timestamp(world) },
        content: [content],
      });
    });

  const registration: Registration = {
    connection: channel.connection,
    refs: issueRefs(world),
    companion,
    pushName: established.payload.pushName ?? undefined,
    linkCode: codes.current,
    pair: (success) => request(`pair-${channel.connection}`, success),
    demandPasskey: () => channel.send(passkeyDemand(world, channel.connection)),
    restart: () => channel.closeWith(streamError(515)),
  };

  if (endsAt(world.faults, "pairing", channel)) return { receive: () => {}, closed: () => {} };
  if (verify(identity, toSignalKey(signedPreKey.value), signedPreKey.signature)) {
    world.registrations.open(registration);
    // The empty result tells only that the client has the refs: nothing waits for it.
    void request(`refs-${channel.connection}`, {
      tag: "pair-device",
      attrs: {},
      content: registration.refs.map(({ ref }) => ({
        tag: "ref",
        attrs: {},
        content: Buffer.from(ref),
      })),
    }).catch(() => {});
  } else channel.closeWith(loginFailure(400));

  return {
    receive: (node) => {
      const answered = waiting.get(node.attrs["id"] ?? "");
      if (node.tag === "iq" && answered) {
        waiting.delete(node.attrs["id"] ?? "");
        answered.resolve(node);
      } else if (node.tag === "iq") answerQuery(world, channel, codes.answer, node);
    },
    closed: () => {
      world.registrations.close(registration);
      codes.close();
      for (const pending of waiting.values())
        pending.reject(
          new Error("the companion closed its connection before the pairing was complete"),
        );
    },
  };
};
