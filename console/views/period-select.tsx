import { useState } from "preact/hooks";
import { isPeriod, periodChoices, toPeriod } from "../live/period.ts";
import type { Period, PeriodChoice } from "../live/period.ts";
import { Field } from "../parts/field.tsx";
import { Select } from "../parts/select.tsx";
import { texts } from "../texts/texts.ts";

const words = texts.insight;

/** Which days to look at: one of the usual periods, or any. */
export function PeriodSelect({ onChange }: { onChange: (period: Period) => void }) {
  const [choice, choose] = useState<PeriodChoice | "own">("month");
  const [own, setOwn] = useState(() => toPeriod("month", Date.now()));
  const pick = (next: string) => {
    const usual = periodChoices.find((name) => name === next);
    choose(usual ?? "own");
    if (!usual) return;
    const period = toPeriod(usual, Date.now());
    setOwn(period);
    onChange(period);
  };
  const change = (days: Partial<Period>) => {
    const period = { ...own, ...days };
    setOwn(period);
    if (isPeriod(period)) onChange(period);
  };
  return (
    <>
      <Select
        label={words.period}
        value={choice}
        onChange={(event) => pick(event.currentTarget.value)}
        options={[...periodChoices, "own" as const].map((value) => ({
          value,
          label: words.periods[value],
        }))}
      />
      {choice === "own" && (
        <>
          <Field
            label={words.from}
            type="date"
            value={own.from}
            onInput={(event) => change({ from: event.currentTarget.value })}
          />
          <Field
            label={words.to}
            type="date"
            value={own.to}
            onInput={(event) => change({ to: event.currentTarget.value })}
          />
          {!isPeriod(own) && (
            <p class="problem" role="alert">
              {words.badPeriod}
            </p>
          )}
        </>
      )}
    </>
  );
}
