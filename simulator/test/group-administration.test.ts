import { expect, test } from "vitest";
import { openDevice } from "./baileys-client.ts";
import { jidOf, startTwoSides } from "./two-sides.ts";

test("an admin changes everything about a group, and members read it", async () => {
  await using sides = await startTwoSides();
  const { device, group, contact, simulator } = sides;
  const { socket } = device;
  await using member = await openDevice(simulator, contact);
  await socket.groupUpdateDescription(group.jid, "what it is for");
  await socket.groupSettingUpdate(group.jid, "announcement");
  await socket.groupSettingUpdate(group.jid, "locked");
  await socket.groupToggleEphemeral(group.jid, 86_400);
  await socket.groupMemberAddMode(group.jid, "admin_add");
  await socket.groupJoinApprovalMode(group.jid, "on");
  await socket.groupParticipantsUpdate(group.jid, [jidOf(contact)], "promote");
  expect(await member.socket.groupMetadata(group.jid)).toMatchObject({
    desc: "what it is for",
    announce: true,
    restrict: true,
    ephemeralDuration: 86_400,
    memberAddMode: false,
    joinApprovalMode: true,
  });
  await member.waitFor("groups.update", ([update]) => update?.desc === "what it is for");
  await member.waitFor("groups.update", ([update]) => update?.announce === true);
  const [change] = [
    await member.waitFor("group-participants.update", ({ action }) => action === "promote"),
  ];
  expect(change).toMatchObject({ id: group.jid, participants: [{ id: `${contact.lid}@lid` }] });
});

test("who is no admin may not do what admins do, nor write where only they write", async () => {
  await using sides = await startTwoSides();
  const { own, contact, group, simulator } = sides;
  await using member = await openDevice(simulator, contact);
  const { socket } = member;
  await own.setGroup(group.jid, "locked");
  await expect(socket.groupUpdateSubject(group.jid, "mine")).rejects.toThrow("forbidden");
  await expect(socket.groupInviteCode(group.jid)).rejects.toThrow("forbidden");
  await expect(socket.groupParticipantsUpdate(group.jid, [jidOf(own)], "remove")).rejects.toThrow(
    "forbidden",
  );
  await own.setGroup(group.jid, "announcement");
  const sent = await socket.sendMessage(group.jid, { text: "may I?" });
  const [update] = await member.waitFor("messages.update", (list) =>
    list.some(({ key }) => key.id === sent?.key.id),
  );
  expect(update?.update.status).toBe(0);
  expect(own.received()).toEqual([]);
});

test("a link leads into a group until it is revoked", async () => {
  await using sides = await startTwoSides();
  const { device, group, simulator } = sides;
  const stranger = await simulator.createPhone();
  await using theirs = await openDevice(simulator, stranger);
  const code = (await device.socket.groupInviteCode(group.jid)) ?? "";
  const seen = await theirs.socket.groupGetInviteInfo(code);
  expect(seen).toMatchObject({ id: group.jid, subject: "Both", size: 2, participants: [] });
  expect(await theirs.socket.groupAcceptInvite(code)).toBe(group.jid);
  await device.waitFor("group-participants.update", ({ action }) => action === "add");
  await device.socket.sendMessage(group.jid, { text: "welcome" });
  await theirs.waitForText("welcome");
  const next = await device.socket.groupRevokeInvite(group.jid);
  expect(next).not.toBe(code);
  const late = await simulator.createPhone();
  await expect(late.join(code)).rejects.toThrow("item-not-found");
  await late.join(next ?? "");
});

test("where joining needs approval, an admin sees who asks and lets them in or not", async () => {
  await using sides = await startTwoSides();
  const { device, group, simulator } = sides;
  const { socket } = device;
  const code = (await socket.groupInviteCode(group.jid)) ?? "";
  await socket.groupJoinApprovalMode(group.jid, "on");
  const welcome = await simulator.createPhone();
  const unwelcome = await simulator.createPhone();
  for (const phone of [welcome, unwelcome]) await phone.join(code);
  await device.waitFor("group.join-request", ({ action }) => action === "created");
  const requests = await socket.groupRequestParticipantsList(group.jid);
  expect(requests.map(({ jid }) => jid)).toEqual([`${welcome.lid}@lid`, `${unwelcome.lid}@lid`]);
  await socket.groupRequestParticipantsUpdate(group.jid, [`${welcome.lid}@lid`], "approve");
  await socket.groupRequestParticipantsUpdate(group.jid, [`${unwelcome.lid}@lid`], "reject");
  const { participants } = await socket.groupMetadata(group.jid);
  expect(participants.map(({ id }) => id)).toContain(`${welcome.lid}@lid`);
  expect(participants.map(({ id }) => id)).not.toContain(`${unwelcome.lid}@lid`);
  expect(await socket.groupRequestParticipantsList(group.jid)).toEqual([]);
});

test("a device hears of a group that a phone makes with it", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own } = sides;
  const jid = await contact.newGroup("From a phone", [own.number]);
  const [made] = await device.waitFor("groups.upsert", ([group]) => group?.id === jid);
  expect(made).toMatchObject({ subject: "From a phone", owner: `${contact.lid}@lid` });
});
