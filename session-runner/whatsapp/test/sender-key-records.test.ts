import { GroupCipher } from "@whiskeysockets/baileys/lib/Signal/Group/group_cipher.js";
import { GroupSessionBuilder } from "@whiskeysockets/baileys/lib/Signal/Group/group-session-builder.js";
import { SenderKeyName } from "@whiskeysockets/baileys/lib/Signal/Group/sender-key-name.js";
import { SenderKeyRecord } from "@whiskeysockets/baileys/lib/Signal/Group/sender-key-record.js";
import { expect, test } from "vitest";
import "../baileys.ts";

const name = new SenderKeyName("1@g.us", { id: "491", deviceId: 0, toString: () => "491.0" });

/** One person's store of sender keys, as text. */
function createStore() {
  let text: string | undefined;
  return {
    text: () => text ?? "",
    loadSenderKey: async () =>
      text === undefined ? new SenderKeyRecord() : SenderKeyRecord.deserialize(Buffer.from(text)),
    storeSenderKey: async (_name: unknown, record: SenderKeyRecord) => {
      text = JSON.stringify(record.serialize());
    },
  };
}

async function startGroup() {
  const own = createStore();
  const other = createStore();
  const handed = await new GroupSessionBuilder(own).create(name);
  await new GroupSessionBuilder(other).process(name, handed);
  const [sender, receiver] = [new GroupCipher(own, name), new GroupCipher(other, name)];
  const encrypt = (words: string) => sender.encrypt(Buffer.from(words));
  const decrypt = async (bytes: Uint8Array) =>
    Buffer.from(await receiver.decrypt(bytes)).toString();
  return { own, other, encrypt, decrypt };
}

test("a message to a group that was overtaken can still be decrypted", async () => {
  const { encrypt, decrypt } = await startGroup();
  const sent = [await encrypt("one"), await encrypt("two"), await encrypt("three")];
  const [one, two, three] = sent as [Uint8Array, Uint8Array, Uint8Array];
  expect(await decrypt(one)).toBe("one");
  expect(await decrypt(three)).toBe("three");
  expect(await decrypt(two)).toBe("two");
});

test("our own record does not grow with what we send", async () => {
  const { own, encrypt } = await startGroup();
  await encrypt("first");
  const { length } = own.text();
  for (let i = 0; i < 20; i += 1) await encrypt(`message ${i}`);
  expect(own.text().length - length).toBeLessThan(4);
});

test("records are read in every form that Baileys has written bytes in", () => {
  const key = Buffer.from([1, 2, 3]);
  const forms = [key.toString("base64"), key.toJSON(), [1, 2, 3], { 0: 1, 1: 2, 2: 3 }];
  for (const seed of [...forms, { type: "Buffer", data: key.toString("base64") }]) {
    const state = {
      senderKeyId: 7,
      senderChainKey: { iteration: 4, seed },
      senderSigningKey: { public: seed, private: seed },
      senderMessageKeys: [{ iteration: 2, seed }],
    };
    const read = SenderKeyRecord.deserialize(Buffer.from(JSON.stringify([state])));
    const found = read.getSenderKeyState(7);
    expect(found?.getSenderChainKey().getSeed()).toEqual(key);
    expect(found?.getSigningKeyPrivate()).toEqual(key);
    expect(found?.removeSenderMessageKey(2)?.getSeed()).toEqual(key);
  }
});
