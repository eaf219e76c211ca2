import { useState } from "preact/hooks";
import type { SessionStatus } from "../live/session-state.ts";
import { useBundle } from "../live/use-bundle.ts";
import type { Bundle } from "../live/use-bundle.ts";
import type { Session } from "../live/use-sessions.ts";
import { ActionButton } from "../parts/action-button.tsx";
import { TimeOf } from "../parts/time-of.tsx";
import { texts } from "../texts/texts.ts";
import { ImportBundle } from "./import-bundle.tsx";

const words = texts.move;

/** Out of this session into a file, or the other way round. */
export function MoveSession({ session, status }: { session: Session; status: SessionStatus }) {
  const { take } = useBundle(session.id);
  const [bundle, setBundle] = useState<Bundle | undefined>();
  const isExported = status.reason === "exported";
  const isLinked = status.phone !== null && status.status !== "logged_out" && !isExported;
  const fetchBundle = async () => setBundle(await take());
  return (
    <section class="card" aria-labelledby="move">
      <h2 id="move">{isLinked || isExported ? words.title : words.importTitle}</h2>
      {isLinked && (
        <>
          <p class="hint">{words.exportAbout}</p>
          <ActionButton
            label={words.exportNow}
            confirm={words.exportConfirm}
            kind="danger"
            onPress={fetchBundle}
          />
        </>
      )}
      {isExported && (
        <>
          <p>{words.exported}</p>
          {bundle ? (
            <>
              <dl>
                <dt>{words.bundle}</dt>
                <dd>
                  <code>{bundle.bundleId}</code>
                </dd>
                <dt>{words.linkUntil}</dt>
                <dd>
                  <TimeOf at={bundle.expiresAt} />
                </dd>
              </dl>
              <p>
                <a class="button" href={bundle.url} download={bundle.bundleId} rel="noreferrer">
                  {words.download}
                </a>
              </p>
            </>
          ) : (
            <ActionButton label={words.getLink} onPress={fetchBundle} />
          )}
        </>
      )}
      {!isLinked && <ImportBundle sessionId={session.id} />}
    </section>
  );
}
