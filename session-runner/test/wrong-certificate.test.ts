import { expect, test } from "vitest";
import { companions, startRig } from "./start-rig.ts";

test("a server whose certificate has another root is refused, and the status says why", async () => {
  await using rig = await startRig();
  await rig.startRunner("worker-1");
  rig.simulator.faults.wrongCertificate();
  const session = rig.createSession();
  await session.connect();

  const { data } = await session.waitForStatus("error");
  expect(data.reason).toBe("server_unverified");
  expect(session.events().some(({ type }) => type === "session.qr_code")).toBe(false);
});

test("a linked session keeps its credentials when it meets a server with a wrong certificate", async () => {
  await using rig = await startRig();
  await rig.startRunner("worker-1");
  const { session, phone } = await rig.pairedSession();
  const mend = rig.simulator.faults.wrongCertificate();
  rig.simulator.dropConnections();
  await session.waitForStatus("error");
  mend();

  const contact = await rig.simulator.createPhone();
  await session.connect();
  const { messageId } = await session.say(contact.number, "still me");
  await session.waitForMessage(messageId, "sent");
  expect(companions(phone)).toHaveLength(1);
});
