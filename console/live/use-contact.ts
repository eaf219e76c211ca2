import { useQuery } from "@tanstack/preact-query";
import { contactNumber } from "./contact-number.ts";
import { simulator } from "./simulator.ts";
import { useApi } from "../access/use-api.ts";
import { texts } from "../texts/texts.ts";

const lookMs = 1_000;

/** The simulated contact, made when first looked at; undefined where phones are real. */
export function useContact(): string | undefined {
  const { places } = useApi();
  const { data } = useQuery({
    queryKey: ["simulator", "contact"],
    enabled: places.hasSimulator,
    staleTime: Infinity,
    queryFn: async () => {
      const kept = contactNumber.read();
      const known = kept === undefined ? undefined : await simulator.findPhone(kept);
      const { number } =
        known ?? (await simulator.createPhone({ name: texts.simulator.contactName }));
      contactNumber.keep(number);
      return number;
    },
  });
  return data;
}

/** What is on the contact's phone; phones push nothing, so they are looked at. */
export function useContactMessages(number: string | undefined) {
  return useQuery({
    queryKey: ["simulator", "messages", number ?? ""],
    enabled: number !== undefined,
    refetchInterval: lookMs,
    queryFn: () => simulator.messages(number ?? ""),
  });
}
