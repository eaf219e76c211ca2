import { useQueryClient } from "@tanstack/preact-query";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { useIsAdmin, useMe } from "../live/use-me.ts";
import { usePages } from "../live/use-pages.ts";
import { PageList } from "../parts/page-list.tsx";
import { TimeOf } from "../parts/time-of.tsx";
import { texts } from "../texts/texts.ts";
import { InviteUser } from "./invite-user.tsx";
import { RemoveUser } from "./remove-user.tsx";
import { RoleSelect } from "./role-select.tsx";

const words = texts.users;

/** Who may sign in, as what, and who is invited. */
export function UsersView() {
  const { api } = useApi();
  const queries = useQueryClient();
  const { data: me } = useMe();
  const isAdmin = useIsAdmin();
  const found = usePages(["users"], (query) =>
    requireData(api.GET("/v1/users", { params: { query } })),
  );
  // What one may do makes rows taller: they come once that is known, so that nothing jumps.
  const pages = me ? found : { ...found, items: undefined };
  const changed = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ["users"] }),
      queries.invalidateQueries({ queryKey: ["me"] }),
    ]);
  return (
    <>
      <p class="hint">{!me || isAdmin ? words.about : words.onlyAdmins}</p>
      <PageList
        pages={pages}
        none={words.none}
        columns={Object.values(words.columns)}
        row={(user) => ({
          key: user.id,
          cells: [
            user.id === me?.user?.id ? `${user.email} ${words.you}` : user.email,
            isAdmin ? (
              <RoleSelect user={user} onChanged={changed} />
            ) : (
              texts.account.roles[user.role]
            ),
            <span class={`badge ${user.status}`}>{words.status[user.status]}</span>,
            <TimeOf at={user.createdAt} />,
            isAdmin && <RemoveUser user={user} onRemoved={changed} />,
          ],
        })}
      />
      {isAdmin && pages.items && <InviteUser onInvited={changed} />}
    </>
  );
}
