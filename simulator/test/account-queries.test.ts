import { expect, test } from "vitest";
import { openDevice } from "./baileys-client.ts";
import { jidOf, startTwoSides } from "./two-sides.ts";

test("privacy settings that a device changes are what it reads back", async () => {
  await using sides = await startTwoSides();
  const { device } = sides;
  await device.socket.updateReadReceiptsPrivacy("none");
  await device.socket.updateLastSeenPrivacy("contacts");
  expect(await device.socket.fetchPrivacySettings(true)).toMatchObject({
    readreceipts: "none",
    last: "contacts",
    online: "all",
  });
});

test("whom a device blocks is on the list, cannot reach the account, and its other device knows", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own } = sides;
  await using other = await openDevice(sides.simulator, own);
  await contact.say(own.number, "before");
  await device.waitForText("before");
  await device.socket.updateBlockStatus(jidOf(contact), "block");
  expect(await device.socket.fetchBlocklist()).toEqual([`${contact.lid}@lid`]);
  await other.waitFor("blocklist.update", ({ type }) => type === "add");
  await contact.say(own.number, "while blocked");
  await device.socket.updateBlockStatus(jidOf(contact), "unblock");
  expect(await device.socket.fetchBlocklist()).toEqual([]);
  await contact.say(own.number, "after");
  await device.waitForText("after");
  expect(device.texts()).toEqual(["before", "after"]);
});

test("what accounts say about themselves can be set and asked", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own } = sides;
  await device.socket.updateProfileStatus("at work");
  contact.setAbout("at home");
  const found = await device.socket.fetchStatus(jidOf(own), jidOf(contact));
  expect(found?.map(({ status }) => (status as { status: string }).status)).toEqual([
    "at work",
    "at home",
  ]);
});

test("profile pictures have an address from which they can be fetched, and changes are announced", async () => {
  await using sides = await startTwoSides();
  const { device, contact } = sides;
  await expect(device.socket.profilePictureUrl(jidOf(contact))).rejects.toThrow("item-not-found");
  await device.socket.sendMessage(jidOf(contact), { text: "so that I hear of changes" });
  contact.setPicture(Buffer.from("a face"));
  await device.waitFor("contacts.update", ([update]) => update?.imgUrl === "changed");
  const url = await device.socket.profilePictureUrl(jidOf(contact), "image");
  expect(await (await fetch(url ?? "")).text()).toBe("a face");
  contact.setPicture(undefined);
  await device.waitFor("contacts.update", ([update]) => update?.imgUrl === "removed");
});

test("a device sets its own picture", async () => {
  await using sides = await startTwoSides();
  const { device, own } = sides;
  await device.socket.query({
    tag: "iq",
    attrs: { to: "@s.whatsapp.net", type: "set", xmlns: "w:profile:picture" },
    content: [{ tag: "picture", attrs: { type: "image" }, content: Buffer.from("own face") }],
  });
  const url = await device.socket.profilePictureUrl(jidOf(own));
  expect(await (await fetch(url ?? "")).text()).toBe("own face");
  await device.socket.removeProfilePicture(jidOf(own));
  await expect(device.socket.profilePictureUrl(jidOf(own))).rejects.toThrow("item-not-found");
});

test("a business has a profile, a person has none", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own } = sides;
  contact.setBusinessProfile({
    description: "Compilers",
    category: "Software",
    email: "g@example.org",
  });
  expect(await device.socket.getBusinessProfile(jidOf(contact))).toMatchObject({
    wid: jidOf(contact),
    description: "Compilers",
    category: "Software",
    email: "g@example.org",
  });
  expect(await device.socket.getBusinessProfile(jidOf(own))).toBeUndefined();
});

test("an account that has no restrictions says so", async () => {
  await using sides = await startTwoSides();
  const lock = await sides.device.socket.fetchAccountReachoutTimelock();
  expect(lock.isActive).toBe(false);
});

test("who subscribes to somebody's presence hears of every change, and of typing", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own } = sides;
  const last = (jid: string) => () =>
    device.events("presence.update").findLast(({ id }) => id === jid)?.presences[jid];
  const jid = jidOf(contact);
  await device.socket.presenceSubscribe(jid);
  await expect.poll(last(jid)).toMatchObject({ lastKnownPresence: "unavailable" });
  contact.setPresence("available");
  await expect.poll(last(jid)).toMatchObject({ lastKnownPresence: "available" });
  for (const [state, seen] of [
    ["composing", "composing"],
    ["recording", "recording"],
    ["paused", "available"],
  ] as const) {
    contact.typing(own.number, state);
    await expect.poll(last(jid)).toMatchObject({ lastKnownPresence: seen });
  }
  contact.setPresence("unavailable");
  await expect.poll(last(jid)).toMatchObject({ lastSeen: expect.any(Number) as number });
});

test("a device that goes away is offline to those who asked", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own, simulator } = sides;
  await using other = await openDevice(simulator, contact);
  await other.socket.presenceSubscribe(jidOf(own));
  const known = () => other.events("presence.update").at(-1)?.presences[jidOf(own)];
  await expect.poll(known).toMatchObject({ lastKnownPresence: "available" });
  await device.close();
  await expect.poll(known).toMatchObject({ lastKnownPresence: "unavailable" });
});

test("a call rings, and ends as its caller or the called device wants", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own } = sides;
  const seen = (id: string, status: string) =>
    device.waitFor("call", ([call]) => call?.id === id && call.status === status);
  const first = contact.call(own.number, { video: true });
  const [offer] = await seen(first.id, "offer");
  expect(offer).toMatchObject({ isVideo: true, from: jidOf(contact), chatId: jidOf(contact) });
  await device.socket.rejectCall(first.id, offer?.from ?? "");
  expect(contact.calls()).toMatchObject([{ id: first.id, state: "rejected" }]);
  const second = contact.call(own.number);
  await seen(second.id, "offer");
  contact.endCall(second.id);
  await seen(second.id, "terminate");
  const third = contact.call(own.number);
  contact.endCall(third.id, "timeout");
  await seen(third.id, "timeout");
  expect(contact.calls().map(({ state }) => state)).toEqual(["rejected", "ended", "timeout"]);
});
