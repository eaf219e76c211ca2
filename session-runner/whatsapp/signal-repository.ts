import {
  DEFAULT_CONNECTION_CONFIG,
  isHostedLidUser,
  isHostedPnUser,
  isLidUser,
  isPnUser,
  jidDecode,
  jidEncode,
} from "./baileys.ts";
import type { AuthenticationCreds, BinaryNode, SocketConfig } from "./baileys.ts";
import type { JournaledKeys } from "./journaled-keys.ts";
import type { SignalSessions } from "./signal-sessions.ts";
import type { Stanzas } from "./stanzas.ts";

const hostedDevice = 99;

export type Decryption = {
  /** The plaintext when this very ciphertext was decrypted and journaled before. */
  recall(node: BinaryNode, ciphertext: Uint8Array): Uint8Array | undefined;
  /** Called within the step, so that what it stages is appended together with the ratchet. */
  decrypted(node: BinaryNode, ciphertext: Uint8Array, plaintext: Uint8Array): void;
};

/**
 * Baileys' own Signal repository, with steps of sessions that are ours, and one addition: a decrypted
 * message is in the journal in the same append as its ratchet step, and a redelivery of it is answered
 * from there instead of failing on a used key.
 */
export function createSignalRepository({
  creds,
  keys,
  sessions,
  stanzas,
  decryption,
}: {
  creds: AuthenticationCreds;
  keys: JournaledKeys;
  sessions: SignalSessions;
  stanzas: Stanzas;
  decryption: Decryption;
}): SocketConfig["makeSignalRepository"] {
  return (_auth, logger, askServer) => {
    const repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(
      { creds, keys: keys.signalKeys },
      logger,
      async (jids) => (keys.busy() ? [] : await askServer?.(jids)),
    );
    const { lidMapping } = repository;
    // Asked four times a message: what is known is at hand without Baileys' sorting of requests.
    const lookUpLid = lidMapping.getLIDForPN.bind(lidMapping);
    lidMapping.getLIDForPN = async (pn) => keys.findLid(pn) ?? lookUpLid(pn);

    /** Sessions with somebody whose LID is known are kept under it. */
    async function addressOf(jid: string): Promise<string> {
      const isPn = isPnUser(jid) || isHostedPnUser(jid);
      const lid = isPn ? (keys.findLid(jid) ?? (await lookUpLid(jid))) : undefined;
      return repository.jidToSignalProtocolAddress(lid ?? jid);
    }

    /** One at a time, so that none moves in between. */
    const inStep = <Result>(jid: string, step: (address: string) => Promise<Result>) =>
      keys.signalKeys.transaction(async () => step(await addressOf(jid)), jid);

    async function decryptOnce(
      ciphertext: Uint8Array,
      decrypt: () => Promise<Uint8Array>,
    ): Promise<Uint8Array> {
      const node = stanzas.find(ciphertext);
      if (!node) return decrypt();
      const known = decryption.recall(node, ciphertext);
      if (known) return known;
      return keys.together(async () => {
        const plaintext = await decrypt();
        decryption.decrypted(node, ciphertext, plaintext);
        return plaintext;
      });
    }

    return {
      ...repository,
      lidMapping,
      async validateSession(jid) {
        return { exists: sessions.hasOpen(await addressOf(jid)) };
      },
      async getSessionInfo(jid) {
        return sessions.describe(await addressOf(jid));
      },
      injectE2ESession: ({ jid, session }) =>
        inStep(jid, (address) => sessions.begin(address, session)),
      encryptMessage: ({ jid, data }) => inStep(jid, (address) => sessions.encrypt(address, data)),
      decryptMessage: ({ jid, type, ciphertext }) =>
        decryptOnce(ciphertext, () =>
          inStep(jid, (address) => sessions.decrypt(address, type, ciphertext)),
        ),
      decryptGroupMessage: (options) =>
        decryptOnce(options.msg, () => repository.decryptGroupMessage(options)),
      async migrateSession(fromPn, toLid) {
        const [pn, lid] = [jidDecode(fromPn), jidDecode(toLid)];
        const isMove =
          (isPnUser(fromPn) || isHostedPnUser(fromPn)) &&
          (isLidUser(toLid) || isHostedLidUser(toLid));
        if (!pn || !lid || !isMove) return { migrated: 0, skipped: 0, total: 0 };
        const toAddress = (jid: string) => repository.jidToSignalProtocolAddress(jid);
        const devices = devicesOf(keys, pn).map((device) => ({
          from: toAddress(jidEncode(pn.user, pn.server, device)),
          to: toAddress(jidEncode(lid.user, lid.server, device)),
        }));
        const open = devices.filter(({ from }) => sessions.hasOpen(from));
        if (open.length > 0) {
          await keys.signalKeys.transaction(async () => {
            for (const { from, to } of open) sessions.move(from, to);
          }, "moved-sessions");
        }
        const [migrated, total] = [open.length, devices.length];
        return { migrated, skipped: total - migrated, total };
      },
    };
  };
}

/** The devices of a phone number that are known; hosted ones are no addresses of a usual server. */
function devicesOf(keys: JournaledKeys, { user, device = 0 }: { user: string; device?: number }) {
  const known = keys.textOf("device-list", user);
  const listed = known ? (JSON.parse(known) as string[]).map(Number) : [];
  return [...new Set([...listed.filter((one) => one !== hostedDevice), device])];
}
