import { useQueryClient } from "@tanstack/preact-query";
import { useState } from "preact/hooks";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { useIsAdmin } from "../live/use-me.ts";
import { usePages } from "../live/use-pages.ts";
import { useSessions } from "../live/use-sessions.ts";
import { ActionButton } from "../parts/action-button.tsx";
import { PageList } from "../parts/page-list.tsx";
import { Secret } from "../parts/secret.tsx";
import { TimeOf } from "../parts/time-of.tsx";
import { texts } from "../texts/texts.ts";
import { NewKey } from "./new-key.tsx";
import { RotateKey } from "./rotate-key.tsx";

const words = texts.keys;

export function KeysView() {
  const { api } = useApi();
  const queries = useQueryClient();
  const isAdmin = useIsAdmin();
  const { data: sessions = [] } = useSessions();
  const [made, setMade] = useState<string | undefined>();
  const pages = usePages(["keys"], (query) =>
    requireData(api.GET("/v1/keys", { params: { query } })),
  );
  const changed = () => queries.invalidateQueries({ queryKey: ["keys"] });
  const show = async (key: string) => {
    setMade(key);
    await changed();
  };
  const revoke = async (keyId: string) => {
    await requireData(api.DELETE("/v1/keys/{keyId}", { params: { path: { keyId } } }));
    await changed();
  };
  const nameOf = new Map(sessions.map(({ id, name }) => [id, name]));
  return (
    <>
      <p class="hint">{words.about}</p>
      {made !== undefined && <Secret label={words.made} value={made} />}
      <PageList
        pages={pages}
        none={words.none}
        columns={Object.values(words.columns)}
        row={(key) => ({
          key: key.id,
          cells: [
            <>
              <strong>{key.name}</strong>
              <br />
              <code>{key.prefix}…</code>
            </>,
            key.scopes.join(", "),
            key.sessionId === null
              ? words.anySession
              : (nameOf.get(key.sessionId) ?? key.sessionId),
            key.lastUsedAt === null ? texts.never : <TimeOf at={key.lastUsedAt} />,
            key.expiresAt === null ? texts.never : <TimeOf at={key.expiresAt} />,
            <div class="actions">
              <RotateKey apiKey={key} onMade={show} />
              <ActionButton
                label={words.revoke}
                confirm={words.revokeConfirm(key.name)}
                kind="danger"
                onPress={() => revoke(key.id)}
              />
            </div>,
          ],
        })}
      />
      {isAdmin && <NewKey onMade={show} />}
    </>
  );
}
