import { eraseJournal } from "../journal/erase-journal.ts";
import { setAside } from "../journal/set-aside.ts";
import type { Estate } from "./estate.ts";
import { exportSession } from "./export-session.ts";
import { importSession } from "./import-session.ts";
import type { LifeEnd } from "./life-end.ts";
import { tellUnsettled } from "./tell-unsettled.ts";
import { unlinkDevice } from "./unlink-device.ts";

/** Closes everything down as the kind of ending asks, in an order that loses nothing. */
export async function concludeLife(estate: Estate, ending: LifeEnd): Promise<void> {
  const { deps, ids, opened, keeper, stream, outbox, engine } = estate;
  const { journal } = opened;
  switch (ending.kind) {
    case "fenced":
    case "unreadable":
      engine?.abort();
      await outbox.end("return");
      return;
    case "release":
      await engine?.close();
      await outbox.end("return");
      estate.report({ status: "reconnecting", reason: "restarting" });
      await stream.drained();
      await keeper.handOver();
      return;
    case "stop":
      await engine?.close();
      await outbox.end("park");
      estate.report({ status: "inactive", reason: "stopped_by_user" });
      await stream.drained();
      await keeper.finish();
      return;
    case "disconnect": {
      // A former owner must not unlink the device of the present one, nor speak of its messages.
      await journal.confirm();
      const open = estate.active ? engine : undefined;
      if (!open) await engine?.close();
      await unlinkDevice({
        sessionId: ids.sessionId,
        journal,
        settings: deps.whatsapp,
        proxy: estate.proxy,
        open,
        onReceived: (draft) => stream.journal(draft),
      });
      await engine?.close();
      await journal.confirm();
      await outbox.end("fail");
      await tellUnsettled(estate);
      // Credentials first: who reads "disconnected" may rely on their being gone.
      await stream.drained();
      await erase(estate);
      estate.report({ status: "inactive", reason: "disconnected_by_user" }, null);
      await stream.drained();
      return;
    }
    case "export":
      await engine?.close();
      await outbox.end("park");
      await tellUnsettled(estate);
      estate.report(await exportSession(estate, ending.bundleId), null);
      await stream.drained();
      return;
    case "import": {
      await engine?.close();
      await outbox.end("park");
      const { report, identity } = await importSession(estate, ending.bundleId);
      estate.report(report, identity);
      await stream.drained();
      return;
    }
    case "ended": {
      const { state: status, reason, detail } = ending;
      await engine?.close();
      if (status === "logged_out") {
        await outbox.end("fail");
        await tellUnsettled(estate);
        await stream.drained();
        const place = { s3: deps.s3, bucket: deps.snapshotsBucket };
        await setAside(place, ids.sessionId, journal, opened.key);
        await erase(estate);
      } else {
        await outbox.end("park");
        await stream.drained();
        await keeper.finish();
      }
      estate.report({ status, reason, detail });
      await stream.drained();
    }
  }
}

async function erase({ deps, ids, opened }: Estate): Promise<void> {
  const database = { dynamodb: deps.dynamodb, table: deps.journalTable };
  await eraseJournal(deps.stores, database, ids.sessionId, opened.journal);
}
