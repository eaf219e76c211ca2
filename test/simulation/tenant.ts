// What users do to their sessions, who scans codes, and who calls connect again after an error.
import type { WafleetEvent } from "#shared/contracts/event.ts";
import { defaultSettings } from "#shared/contracts/session-settings.ts";
import type { SessionSettings } from "#shared/contracts/session-settings.ts";
import { wantedKey } from "#shared/items/fleet-item.ts";
import type { Cluster } from "./cluster.ts";
import type { CommandSender } from "./command-sender.ts";
import type { Session } from "./session.ts";
import type { World } from "./world.ts";

export type Tenant = {
  sessions: Session[];
  connect(session: Session): void;
  stop(session: Session): void;
  restart(session: Session): void;
  disconnect(session: Session): void;
  /** Changes its pace, in effect at once. */
  pace(session: Session, pacing: Session["pacing"]): void;
  onEvent(event: WafleetEvent): void;
};

/** What a user sees as over, until connect is called again. */
const over = ["inactive", "error", "logged_out"];

export function createTenant(
  world: World,
  { dynamodb, peer }: Cluster,
  commands: CommandSender,
  sessions: Session[],
): Tenant {
  const { random } = world;

  function want(session: Session, type: "session.connect.v1" | "session.restart.v1"): void {
    const { sessionId, accountId, shard } = session;
    session.wanted = true;
    const base = commands.base(session);
    const wish = { connectId: `connect-${base.requestId}`, settings: settingsOf(session) };
    dynamodb.put("fleet", { ...wantedKey(shard, sessionId), sessionId, accountId, ...wish });
    commands.send(session, { ...base, type, ...wish });
  }

  function connect(session: Session): void {
    want(session, "session.connect.v1");
  }

  function unwant(session: Session): void {
    session.wanted = false;
    dynamodb.remove("fleet", wantedKey(session.shard, session.sessionId));
  }

  function pace(session: Session, pacing: Session["pacing"]): void {
    session.pacing = pacing;
    const settings = settingsOf(session);
    const key = wantedKey(session.shard, session.sessionId);
    const wish = dynamodb.find("fleet", key);
    if (wish) dynamodb.put("fleet", { ...wish, settings });
    commands.send(session, { ...commands.base(session), type: "session.configure.v1", settings });
  }

  return {
    sessions,
    connect,
    pace,
    stop(session) {
      unwant(session);
      commands.send(session, { ...commands.base(session), type: "session.stop.v1" });
    },
    restart: (session) => want(session, "session.restart.v1"),
    disconnect(session) {
      unwant(session);
      const type = "session.disconnect.v1";
      commands.send(session, { ...commands.base(session), type, forget: false });
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

function settingsOf({ pacing }: Session): SessionSettings {
  return { ...defaultSettings, pacing };
}
