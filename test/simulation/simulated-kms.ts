import type { KMSClient } from "@aws-sdk/client-kms";
import { DecryptCommand, GenerateDataKeyCommand } from "@aws-sdk/client-kms";
import type { CallStore } from "./call-store.ts";
import type { SeededRandom } from "./seeded-random.ts";

type Wrapped = { plaintext: Uint8Array; context: string };

export type SimulatedKms = {
  client: KMSClient;
  /** All keys that a session ever had: for the checks. */
  keysOf(sessionId: string): Uint8Array[];
};

export function createSimulatedKms(random: SeededRandom, call: CallStore): SimulatedKms {
  const keys: Wrapped[] = [];

  function open(wrapped: Uint8Array): Wrapped {
    const key = keys[Buffer.from(wrapped).readUInt32BE(0)];
    if (!key) throw new Error("not wrapped here");
    return key;
  }

  function execute(command: object): object {
    if (command instanceof GenerateDataKeyCommand) {
      const plaintext = Uint8Array.from({ length: 32 }, () => random.integer(0, 255));
      const wrapped = Buffer.alloc(4);
      wrapped.writeUInt32BE(keys.length);
      keys.push({ plaintext, context: JSON.stringify(command.input.EncryptionContext) });
      return { Plaintext: plaintext, CiphertextBlob: wrapped };
    }
    if (command instanceof DecryptCommand) {
      const { plaintext, context } = open(command.input.CiphertextBlob ?? new Uint8Array(4));
      if (context !== JSON.stringify(command.input.EncryptionContext)) {
        throw new Error("the key was wrapped for something else");
      }
      return { Plaintext: plaintext };
    }
    throw new Error(`the simulated KMS does not know ${command.constructor.name}`);
  }

  const client = {
    send: (command: object) =>
      call(command.constructor.name.replace("Command", ""), () => execute(command), {
        attempts: 3,
        timeoutMs: 2_000,
      }),
  };
  return {
    client: client as unknown as KMSClient,
    keysOf: (sessionId) =>
      keys.filter(({ context }) => context.includes(sessionId)).map(({ plaintext }) => plaintext),
  };
}
