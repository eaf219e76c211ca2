import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { ConsoleApi } from "./console-api.ts";

export const ApiContext = createContext<ConsoleApi | undefined>(undefined);

export function useApi(): ConsoleApi {
  const found = useContext(ApiContext);
  if (!found) throw new Error("this view is not inside the console");
  return found;
}
