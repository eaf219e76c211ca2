import type { EventStream } from "../events/event-stream.ts";
import type { OpenedJournal } from "../journal/open-journal.ts";
import type { SnapshotKeeper } from "../journal/snapshot-keeper.ts";
import type { Engine } from "../whatsapp/engine.ts";
import type { Identity } from "../whatsapp/identity.ts";
import type { SessionDeps, SessionIds } from "./deps.ts";
import type { Outbox } from "./outbox.ts";
import type { StatusReport } from "./status.ts";
import type { WireNotes } from "./wire-notes.ts";

/** What a life has in hand when it ends. */
export type Estate = {
  deps: SessionDeps;
  ids: SessionIds;
  opened: OpenedJournal;
  keeper: SnapshotKeeper;
  stream: EventStream;
  outbox: Outbox;
  wireNotes: WireNotes;
  engine: Engine | undefined;
  /** The tenant's, through which alone WhatsApp is spoken to. */
  proxy: string | null;
  /** True while `engine` is logged in. */
  active: boolean;
  /** As the identity that it has had; as nobody when `identity` is null. */
  report(report: StatusReport, identity?: Identity | null): void;
};
