import { useQuery } from "@tanstack/preact-query";
import type { Answer } from "#client/operation.ts";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";

export type User = NonNullable<Answer<"getMe">["user"]>;

export const roles: readonly User["role"][] = ["owner", "admin", "member"];

/** Who is signed in, and to which account. */
export function useMe() {
  const { api } = useApi();
  return useQuery({
    queryKey: ["me"],
    staleTime: 60_000,
    queryFn: () => requireData(api.GET("/v1/me")),
  });
}

/** Only owners and admins may change what belongs to the account. */
export function useIsAdmin(): boolean {
  const { data } = useMe();
  const role = data?.user?.role;
  return role === "owner" || role === "admin";
}
