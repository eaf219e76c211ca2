import { eventTypes } from "#client/generated/event-types.ts";
import { texts } from "../texts/texts.ts";
import { Select } from "./select.tsx";

type EventTypeSelectProps = {
  label: string;
  /** Empty for all of them. */
  type: string;
  onPick: (type: string) => void;
};

/** One type of events, or all. */
export function EventTypeSelect({ label, type, onPick }: EventTypeSelectProps) {
  return (
    <Select
      label={label}
      value={type}
      onChange={(event) => onPick(event.currentTarget.value)}
      options={[
        { value: "", label: texts.log.all },
        ...eventTypes.map((value) => ({ value, label: value })),
      ]}
    />
  );
}
