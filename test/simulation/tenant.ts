// The users' side: the API's writes, who scans codes, and who calls connect again after an error.
import type { Command } from "#shared/contracts/command.ts";
import { commandGroup } from "#shared/contracts/command.ts";
import type { WafleetEvent } from "#shared/contracts/event.ts";
import { derivedId } from "#shared/ids.ts";
import { wantedKey } from "#shared/items/fleet-item.ts";
import { messageKey } from "#shared/items/message-item.ts";
import { mintMessageIds } from "#shared/message-id.ts";
import type { Cluster } from "./cluster.ts";
import type { World } from "./world.ts";

export type Session = {
  sessionId: string;
  accountId: string;
  shard: number;
  phone: string;
  contacts: string[];
  /** The user wants it connected. */
  wanted: boolean;
  status: string;
};

/** A message that the API has accepted. */
export type Accepted = { session: Session; messageId: string; whatsappId: string; to: string };

export type Tenant = {
  sessions: Session[];
  accepted: Accepted[];
  connect(session: Session): void;
  stop(session: Session): void;
  restart(session: Session): void;
  disconnect(session: Session): void;
  say(session: Session): void;
  onEvent(event: WafleetEvent): void;
};

/** What a user sees as over, until connect is called again. */
const over = ["inactive", "error", "logged_out"];

export function createSessions(count: number, shards: number): Session[] {
  return Array.from({ length: count }, (_, index) => ({
    sessionId: derivedId("session", 1_700_000_000_000, `session ${index}`),
    accountId: derivedId("account", 1_700_000_000_000, `account ${index}`),
    shard: index % shards,
    phone: `49170000000${index}`,
    contacts: [1, 2].map((contact) => `4916000000${index}${contact}@s.whatsapp.net`),
    wanted: false,
    status: "inactive",
  }));
}

export function createTenant(world: World, cluster: Cluster, sessions: Session[]): Tenant {
  const { random } = world;
  const { dynamodb, commands, peer } = cluster;
  const accepted: Accepted[] = [];
  const lastSaid = new Map<Session, number>();
  let requests = 0;

  function put(session: Session, command: Command, deduplicationId?: string): void {
    requests += 1;
    const about = "whatsappId" in command ? ` ${command.whatsappId} ${command.messageId}` : "";
    world.note(`user: ${command.type} for ${session.sessionId.slice(-4)}${about}`);
    const queue = commands[session.shard];
    queue?.send(JSON.stringify(command), commandGroup(command), deduplicationId ?? `r${requests}`);
  }

  const base = ({ sessionId, accountId }: Session) => ({ sessionId, accountId, requestId: "r" });

  function want(session: Session, type: "session.connect.v1" | "session.restart.v1"): void {
    const { sessionId, accountId, shard } = session;
    session.wanted = true;
    const connectId = `connect-${requests}`;
    dynamodb.put("fleet", { ...wantedKey(shard, sessionId), sessionId, accountId, connectId });
    put(session, { ...base(session), type, connectId });
  }

  function connect(session: Session): void {
    want(session, "session.connect.v1");
  }

  function unwant(session: Session): void {
    session.wanted = false;
    dynamodb.remove("fleet", wantedKey(session.shard, session.sessionId));
  }

  return {
    sessions,
    accepted,
    connect,
    stop(session) {
      unwant(session);
      put(session, { ...base(session), type: "session.stop.v1" });
    },
    restart: (session) => want(session, "session.restart.v1"),
    disconnect(session) {
      unwant(session);
      put(session, { ...base(session), type: "session.disconnect.v1", forget: false });
    },
    say(session) {
      const { sessionId, accountId } = session;
      const acceptedAt = world.now();
      // Who asks after an answer does so a millisecond later at the earliest; of what is asked for
      // at the same time either may go first, which would leave no order to check.
      if (lastSaid.get(session) === acceptedAt) {
        world.after(1, undefined, () => this.say(session));
        return;
      }
      lastSaid.set(session, acceptedAt);
      const ids = mintMessageIds(sessionId, acceptedAt, accepted.length);
      const to = random.pick(session.contacts);
      const content = { type: "text" as const, text: { body: ids.messageId } };
      accepted.push({ session, ...ids, to });
      const item = {
        ...messageKey(sessionId, ids.messageId),
        ...ids,
        accountId,
        chat: to,
        content,
      };
      dynamodb.put("messages", { ...item, direction: "outbound", status: "queued", rank: 0 });
      const send = { ...base(session), type: "message.send.v1" as const, ...ids, to, content };
      put(session, { ...send, acceptedAt }, ids.messageId);
    },
    onEvent(event) {
      const session = sessions.find(({ sessionId }) => sessionId === event.sessionId);
      if (!session) return;
      if (event.type === "session.qr_code") {
        const { qr } = event.data;
        world.after(500 + random.next() * 3_000, undefined, () => peer.scan(session.phone, qr));
      }
      if (event.type !== "session.status") return;
      session.status = event.data.status;
      if (!over.includes(session.status)) return;
      world.after(2_000 + random.next() * 3_000, undefined, () => {
        if (session.wanted && over.includes(session.status)) connect(session);
      });
    },
  };
}
