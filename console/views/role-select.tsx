import { useMutation } from "@tanstack/preact-query";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { roles } from "../live/use-me.ts";
import type { User } from "../live/use-me.ts";
import { Problem } from "../parts/problem.tsx";
import { texts } from "../texts/texts.ts";

type RoleSelectProps = { user: User; onChanged: () => Promise<unknown> };

/** A user's role, changed at once; what the API refuses is taken back and said. */
export function RoleSelect({ user, onChanged }: RoleSelectProps) {
  const { api } = useApi();
  const work = useMutation({
    mutationFn: async (role: User["role"]) => {
      const params = { path: { userId: user.id } };
      await requireData(api.PATCH("/v1/users/{userId}", { params, body: { role } }));
    },
    onSettled: onChanged,
  });
  return (
    <>
      <select
        aria-label={texts.users.roleOf(user.email)}
        aria-busy={work.isPending}
        value={work.isPending ? work.variables : user.role}
        onChange={(event) => {
          const role = roles.find((name) => name === event.currentTarget.value);
          event.currentTarget.value = user.role;
          if (role !== undefined) work.mutate(role);
        }}
      >
        {roles.map((role) => (
          <option key={role} value={role}>
            {texts.account.roles[role]}
          </option>
        ))}
      </select>
      <Problem error={work.error} />
    </>
  );
}
