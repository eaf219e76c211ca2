import { DEFAULT_CONNECTION_CONFIG, isPnUser } from "./baileys.ts";
import type { AuthenticationCreds, BinaryNode, SocketConfig } from "./baileys.ts";
import type { JournaledKeys } from "./journaled-keys.ts";
import type { Stanzas } from "./stanzas.ts";

export type Decryption = {
  /** The plaintext when this very ciphertext was decrypted and journaled before. */
  recall(node: BinaryNode, ciphertext: Uint8Array): Uint8Array | undefined;
  /** Called within the step, so that what it stages is appended together with the ratchet. */
  decrypted(node: BinaryNode, ciphertext: Uint8Array, plaintext: Uint8Array): void;
};

/**
 * Baileys' own Signal repository over journaled keys, with one addition: a decrypted message is in
 * the journal in the same append as its ratchet step, and a redelivery of it is answered from there
 * instead of failing on a used key.
 */
export function createSignalRepository(
  creds: AuthenticationCreds,
  keys: JournaledKeys,
  stanzas: Stanzas,
  decryption: Decryption,
): SocketConfig["makeSignalRepository"] {
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
      // Asked before each send; the text tells without being read as a record.
      async validateSession(jid) {
        const lid = isPnUser(jid) ? await lidMapping.getLIDForPN(jid) : null;
        const address = repository.jidToSignalProtocolAddress(lid ?? jid);
        return keys.hasOpenSession(address) ? { exists: true } : repository.validateSession(jid);
      },
      decryptMessage: (options) =>
        decryptOnce(options.ciphertext, () => repository.decryptMessage(options)),
      decryptGroupMessage: (options) =>
        decryptOnce(options.msg, () => repository.decryptGroupMessage(options)),
    };
  };
}
