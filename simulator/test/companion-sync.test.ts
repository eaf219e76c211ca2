import { type UserFacingSocketConfig, proto } from "@whiskeysockets/baileys";
import { expect, onTestFinished, test, vi } from "vitest";
import type { SyncWay } from "#simulator/accounts/profile.ts";
import type { Simulator } from "#simulator/simulator.ts";
import { startSimulator } from "#simulator/start-simulator.ts";
import { openDevice, type BaileysClient } from "./baileys-client.ts";
import { jidOf } from "./two-sides.ts";

const strict: Partial<UserFacingSocketConfig> = {
  shouldSyncHistoryMessage: () => true,
  appStateMacVerification: { patch: true, snapshot: true },
};

/** Baileys takes history and snapshots from this host whatever the server names: lead it here. */
const redirectDownloads = (simulator: Simulator): void => {
  const original = globalThis.fetch;
  const redirected = (url: string, init?: RequestInit): Promise<Response> =>
    original(url.replace("mmg.whatsapp.net", simulator.mediaHost), init);
  vi.stubGlobal("fetch", redirected);
  onTestFinished(() => void vi.unstubAllGlobals());
};

const chatUpdate = (device: BaileysClient, jid: string, wanted: Record<string, unknown>) =>
  device.waitFor("chats.update", (updates) =>
    updates.some(
      (update) =>
        update.id === jid &&
        Object.entries(wanted).every(([key, value]) => Reflect.get(update, key) === value),
    ),
  );

test.each<SyncWay>(["inline", "media-host"])(
  "a new companion gets names, chats and messages of before (%s)",
  async (sync) => {
    await using simulator = await startSimulator();
    redirectDownloads(simulator);
    const ada = await simulator.createPhone({ name: "Ada", sync });
    const grace = await simulator.createPhone({ name: "Grace" });
    for (let count = 1; count <= 25; count += 1) await grace.say(ada.number, `old ${count}`);
    await ada.say(grace.number, "an answer");
    await using device = await openDevice(simulator, ada, strict);
    const sets = () => device.events("messaging-history.set");
    const recent = proto.HistorySync.HistorySyncType.RECENT;
    const all = () => sets().flatMap(({ messages }) => messages);
    const ids = () => [...new Set(all().map(({ key }) => key.id))];
    await expect.poll(ids).toHaveLength(26);
    expect(sets().some(({ syncType }) => syncType === recent)).toBe(true);
    const answer = all().find(({ message }) => message?.conversation === "an answer");
    expect(answer?.key).toMatchObject({ fromMe: true, remoteJid: jidOf(grace) });
    expect(sets().flatMap(({ chats }) => chats)[0]).toMatchObject({
      id: jidOf(grace),
      name: "Grace",
    });
    const contacts = sets().flatMap(({ contacts: each }) => each);
    const grown = contacts.find(({ id, notify }) => id === jidOf(grace) && notify !== undefined);
    expect(grown?.notify).toBe("Grace");
  },
);

test("older messages come when the device asks its phone for them", async () => {
  await using simulator = await startSimulator();
  const ada = await simulator.createPhone();
  const grace = await simulator.createPhone();
  const ids: string[] = [];
  for (let count = 1; count <= 5; count += 1)
    ids.push((await grace.say(ada.number, `message ${count}`)).id);
  await using device = await openDevice(simulator, ada);
  const oldest = { remoteJid: jidOf(grace), fromMe: false, id: ids[3] ?? "" };
  const request = await device.socket.fetchMessageHistory(2, oldest, 0);
  const answer = await device.waitForMessage(
    ({ message }) =>
      message?.protocolMessage?.historySyncNotification?.peerDataRequestSessionId === request,
  );
  const notification = answer.message?.protocolMessage?.historySyncNotification;
  expect(notification?.syncType).toBe(proto.Message.HistorySyncType.ON_DEMAND);
});

test.each<SyncWay>(["inline", "media-host"])(
  "what the phone archived, muted and saved before is known to a new companion, MACs checked (%s)",
  async (sync) => {
    await using simulator = await startSimulator();
    redirectDownloads(simulator);
    const ada = await simulator.createPhone({ sync });
    const grace = await simulator.createPhone();
    await grace.say(ada.number, "so that there is a chat");
    ada.archive(grace.number);
    ada.mute(grace.number, 4_000_000_000_000);
    ada.saveContact(grace.number, "Grace Hopper");
    ada.archive(grace.number, false);
    await using device = await openDevice(simulator, ada, strict);
    // Baileys merges what comes while it syncs into the history event.
    const contacts = () => [
      ...device.events("contacts.upsert").flat(),
      ...device.events("messaging-history.set").flatMap((set) => set.contacts),
    ];
    const names = () => contacts().map(({ name }) => name);
    await expect.poll(names).toContain("Grace Hopper");
    const states = () => device.memory.keys.get("app-state-sync-version/regular_low");
    await expect.poll(states).toMatchObject({ version: 2 });
  },
);

test("what the phone does while the companion is there reaches it at once", async () => {
  await using simulator = await startSimulator();
  const ada = await simulator.createPhone();
  const grace = await simulator.createPhone();
  await using device = await openDevice(simulator, ada, strict);
  const jid = jidOf(grace);
  ada.archive(grace.number);
  await chatUpdate(device, jid, { archived: true });
  ada.mute(grace.number, 4_000_000_000_000);
  await chatUpdate(device, jid, { muteEndTime: 4_000_000_000_000 });
  ada.markRead(grace.number, false);
  await chatUpdate(device, jid, { unreadCount: -1 });
  ada.mute(grace.number, undefined);
  await chatUpdate(device, jid, { muteEndTime: null });
  // Its own next patch fits only if both sides have the same hash over what was overwritten.
  await device.socket.chatModify({ mute: 4_100_000_000_000 }, jid);
  const mutes = () => ada.appState().filter(({ index }) => index[0] === "mute");
  expect(Number(mutes()[0]?.value.muteAction?.muteEndTimestamp)).toBe(4_100_000_000_000);
});

test("what a companion archives, mutes, reads and saves is known to the phone and the other companion", async () => {
  await using simulator = await startSimulator();
  const ada = await simulator.createPhone();
  const grace = await simulator.createPhone();
  await using device = await openDevice(simulator, ada, strict);
  await using other = await openDevice(simulator, ada, strict);
  const jid = jidOf(grace);
  const lastMessages = [{ key: { id: "A", remoteJid: jid, fromMe: true }, messageTimestamp: 1 }];
  await device.socket.chatModify({ archive: true, lastMessages }, jid);
  await device.socket.chatModify({ mute: 4_000_000_000_000 }, jid);
  await device.socket.chatModify({ markRead: true, lastMessages }, jid);
  await device.socket.addOrEditContact(jid, { fullName: "Grace Hopper" });
  await chatUpdate(other, jid, { archived: true });
  await chatUpdate(other, jid, { muteEndTime: 4_000_000_000_000 });
  await other.waitFor("contacts.upsert", ([contact]) => contact?.name === "Grace Hopper");
  expect(ada.appState()).toMatchObject([
    {
      collection: "regular_low",
      index: ["archive", jid],
      value: { archiveChatAction: { archived: true } },
    },
    { collection: "regular_low", index: ["markChatAsRead", jid] },
    { collection: "regular_high", index: ["mute", jid] },
    { collection: "critical_unblock_low", value: { contactAction: { fullName: "Grace Hopper" } } },
  ]);
});

test("a patch that was tampered with is refused and changes nothing", async () => {
  await using simulator = await startSimulator();
  const ada = await simulator.createPhone();
  ada.pin("15550001111");
  await using device = await openDevice(simulator, ada);
  const patch = proto.SyncdPatch.encode({
    patchMac: Buffer.alloc(32),
    snapshotMac: Buffer.alloc(32),
    mutations: [],
  }).finish();
  const answer = await device.socket.query({
    tag: "iq",
    attrs: { to: "@s.whatsapp.net", type: "set", xmlns: "w:sync:app:state" },
    content: [
      {
        tag: "sync",
        attrs: {},
        content: [
          {
            tag: "collection",
            attrs: { name: "regular_low", version: "1" },
            content: [{ tag: "patch", attrs: {}, content: patch }],
          },
        ],
      },
    ],
  });
  expect(JSON.stringify(answer)).toContain("MAC is wrong");
  expect(ada.appState()).toHaveLength(1);
});
