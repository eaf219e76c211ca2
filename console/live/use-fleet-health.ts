import { useQuery } from "@tanstack/preact-query";
import type { Answer } from "#client/operation.ts";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";

export type FleetHealth = Answer<"getFleetHealth">;

/** Nothing tells of it by itself; each look reads every store and queue. */
const lookMs = 15_000;

export function useFleetHealth(hasSecret: boolean) {
  const { operator } = useApi();
  return useQuery({
    queryKey: ["fleet"],
    enabled: hasSecret,
    refetchInterval: ({ state }) => (state.status === "error" ? false : lookMs),
    // Refused is the operator's secret, not who is signed in.
    meta: { isOperator: true },
    queryFn: () => requireData(operator.api.GET("/v1/operator/health")),
  });
}
