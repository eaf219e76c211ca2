import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { useActorNames } from "../live/use-actor-names.ts";
import { usePages } from "../live/use-pages.ts";
import { PageList } from "../parts/page-list.tsx";
import { TimeOf } from "../parts/time-of.tsx";
import { texts } from "../texts/texts.ts";

/** Who did what. */
export function AuditView() {
  const { api } = useApi();
  const pages = usePages(["audit"], (query) =>
    requireData(api.GET("/v1/audit", { params: { query } })),
  );
  const words = texts.audit;
  const nameOf = useActorNames();
  return (
    <>
      <p class="hint">{words.about}</p>
      <PageList
        pages={pages}
        none={words.none}
        columns={Object.values(words.columns)}
        row={({ id, at, action, actor, target, ip, result, code }) => ({
          key: id,
          cells: [
            <TimeOf at={at} />,
            <>
              <code>{action}</code>
              <span class="hint"> {Object.values(target).join(", ")}</span>
            </>,
            <>
              {words.actor[actor.kind]} {nameOf(actor.id)}
            </>,
            ip,
            <span class={`badge ${result}`}>{code ?? words.result[result]}</span>,
          ],
        })}
      />
    </>
  );
}
