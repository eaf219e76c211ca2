// One session with a contact and a group of both, and what a test of message kinds asks of them.
import { createHash } from "node:crypto";
import type { EventInbox } from "#local/demo/event-inbox.ts";
import type { EventOf } from "#shared/contracts/event.ts";
import type { Phone } from "#simulator/phone/phone.ts";
import { callsOf, pathOf } from "./calls.ts";
import { upload } from "./upload.ts";
import { linkPhone, startScene } from "./start-scene.ts";
import type { Scene } from "./start-scene.ts";

export type Kinds = Awaited<ReturnType<typeof startKinds>>;

export const chatNames = ["person", "group"] as const;

export type ChatName = (typeof chatNames)[number];

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

export async function startKinds() {
  const scene: Scene = await startScene();
  const tenant = await scene.createTenant();
  const contact: Phone = await scene.simulator.createPhone({ name: "Grace" });
  const owner = await linkPhone(scene, tenant);
  const inbox: EventInbox = await tenant.inbox();
  const { jid: group } = scene.simulator.createGroup({
    subject: "Both",
    members: [owner.number, contact.number],
  });
  const call = callsOf(scene, tenant.key);
  const path = pathOf(tenant);

  return {
    scene,
    tenant,
    contact,
    owner,
    inbox,
    group,
    call,
    path,
    /** Where the session sends, and where the contact's phone does. */
    chat: (name: ChatName) =>
      name === "person"
        ? { forSession: `+${contact.number}`, forContact: owner.number }
        : { forSession: group, forContact: group },
    /** Sends and gives what the contact's phone shows. */
    async send(body: object) {
      const accepted = await call.post(`${path}/messages`, body);
      if (accepted.status !== 202) throw new Error(JSON.stringify(accepted.body));
      const { id, whatsappId } = accepted.body as { id: string; whatsappId: string };
      const shown = await contact.waitForMessage({ id: whatsappId }, 20_000);
      return { id, whatsappId, shown };
    },
    received: (whatsappId: string): Promise<EventOf<"message.received">> =>
      inbox.find("message.received", ({ data }) => data.whatsappId === whatsappId),
    status: (id: string, status: string) =>
      inbox.find(
        "message.status",
        ({ data }) => data.messageId === id && data.status === status && !data.recipient,
      ),
    async message(id: string) {
      return (await call.get(`${path}/messages/${id}`)).body;
    },
    upload: (bytes: Uint8Array, mimetype: string) => upload(call, bytes, mimetype),
    async download(mediaId: string): Promise<Buffer> {
      const found = await call.get(`/v1/media/${mediaId}`);
      const answer = await fetch(String(found.body["downloadUrl"]));
      return Buffer.from(await answer.arrayBuffer());
    },
    async stop() {
      inbox[Symbol.dispose]();
      await scene.stop();
    },
  };
}
