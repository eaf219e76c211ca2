import { TimeOfDay } from "../../parts/time-of.tsx";
import { texts } from "../../texts/texts.ts";
import type { Call } from "./use-calls.ts";

/** That somebody called; it can be answered on the phone only. */
export function CallNote({ call: { data } }: { call: Call }) {
  const words = texts.conversations;
  return (
    <li class="day">
      {data.video ? words.videoCall : words.call} · <TimeOfDay at={data.calledAt} />
    </li>
  );
}
