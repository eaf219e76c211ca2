// A session as its tenant has it: what the API would write and enqueue for it.
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import pMap from "p-map";
import { commandGroup } from "#shared/contracts/command.ts";
import type { Command } from "#shared/contracts/command.ts";
import type { SessionSettings } from "#shared/contracts/session-settings.ts";
import { newId } from "#shared/ids.ts";
import { wantedKey } from "#shared/items/fleet-item.ts";
import { messageKey } from "#shared/items/message-item.ts";
import { mintMessageIds } from "#shared/message-id.ts";
import type { Phone } from "#simulator/phone/phone.ts";
import type { Stage } from "./stage.ts";
import { mustBecome } from "./wait-until.ts";

export type Accepted = { messageId: string; whatsappId: string; command: Command };

export type Session = {
  sessionId: string;
  shard: number;
  phone: Phone;
  connect(): Promise<void>;
  stop(): Promise<void>;
  configure(settings: SessionSettings): Promise<void>;
  /** Whether WhatsApp has a connection of its device. */
  online(): boolean;
  /** What accepting a message to a JID is to store and to queue. */
  prepare(to: string, text: string): Accepted & { item: Record<string, unknown> };
  /** Accepts a message to a JID; resolves when it is stored and queued. */
  say(to: string, text: string): Promise<Accepted>;
};

const pairingLimitMs = 60_000;

export async function createSession(stage: Stage, index: number): Promise<Session> {
  const sessionId = newId("session");
  const accountId = newId("account");
  const shard = index % stage.shards;
  const phone = await stage.simulator.createPhone({ name: `Owner ${index}` });
  const base = { sessionId, accountId, requestId: "chaos" };

  const give = (command: Command, id: string) =>
    stage.enqueue(shard, commandGroup(command), id, JSON.stringify(command));

  function prepare(to: string, text: string) {
    const ids = mintMessageIds(sessionId);
    const content = { type: "text" as const, text: { body: text } };
    const stored = { ...messageKey(sessionId, ids.messageId), ...ids, chat: to, content };
    const item = { ...stored, accountId, status: "queued", rank: 0, direction: "outbound" };
    const send = { ...base, type: "message.send.v1" as const, ...ids, to, content };
    return { ...ids, command: { ...send, acceptedAt: Date.now() }, item };
  }

  return {
    sessionId,
    shard,
    phone,
    async connect() {
      const connectId = newId("event");
      const item = { ...wantedKey(shard, sessionId), sessionId, accountId, connectId };
      await stage.database.send(new PutCommand({ TableName: "fleet", Item: item }));
      await give({ ...base, type: "session.connect.v1", connectId }, connectId);
    },
    configure: (settings) =>
      give({ ...base, type: "session.configure.v1", settings }, newId("event")),
    stop: () => give({ ...base, type: "session.stop.v1" }, newId("event")),
    online: () => phone.devices().some(({ device, online }) => device !== 0 && online),
    prepare,
    async say(to, text) {
      const { item, ...accepted } = prepare(to, text);
      await stage.database.send(new PutCommand({ TableName: "messages", Item: item }));
      await give(accepted.command, accepted.messageId);
      return accepted;
    },
  };
}

export function isActive(stage: Stage, { sessionId }: Session): boolean {
  return stage.events.session(sessionId)?.data.status === "active";
}

/** Connects a session and links it to its phone. */
export async function pair(stage: Stage, session: Session): Promise<void> {
  const { events } = stage;
  const known = events.qr(session.sessionId);
  await session.connect();
  await mustBecome(
    "a QR code is shown",
    () => events.qr(session.sessionId) !== known,
    pairingLimitMs,
  );
  await session.phone.scan(events.qr(session.sessionId) ?? "");
  await mustBecome("the session is active", () => isActive(stage, session), pairingLimitMs);
}

/** So many sessions, linked and active. */
export async function pairedSessions(stage: Stage, count: number): Promise<Session[]> {
  const numbers = Array.from({ length: count }, (_, index) => index);
  return pMap(
    numbers,
    async (index) => {
      const session = await createSession(stage, index);
      await pair(stage, session);
      return session;
    },
    { concurrency: 8 },
  );
}
