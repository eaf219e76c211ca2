import type { SessionState } from "../live/session-state.ts";
import { texts } from "../texts/texts.ts";

export function StateBadge({ state }: { state: SessionState }) {
  return <span class={`badge ${state}`}>{texts.state[state]}</span>;
}
