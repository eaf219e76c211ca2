import { useState } from "preact/hooks";
import type { Session } from "../live/use-sessions.ts";
import { Check } from "../parts/check.tsx";
import { Field } from "../parts/field.tsx";
import { texts } from "../texts/texts.ts";

const words = texts.settings;
const usual = { perMinute: 12, burst: 5, jitter: 0.3 };

/** How fast a session may send, and to how many new people. */
export function SendingSettings({ settings }: Pick<Session, "settings">) {
  const [isPaced, setPaced] = useState(settings.pacing !== null);
  const { perMinute, burst, jitter = usual.jitter } = settings.pacing ?? usual;
  const { newChats } = settings;
  return (
    <>
      <h2>{words.sending}</h2>
      <Check
        label={words.paced}
        hint={words.pacedAbout}
        name="paced"
        isChecked={isPaced}
        onChange={setPaced}
      />
      {isPaced && (
        <div class="row">
          <Field
            label={words.perMinute}
            name="perMinute"
            type="number"
            required
            min={1}
            max={600}
            defaultValue={perMinute}
          />
          <Field
            label={words.burst}
            name="burst"
            type="number"
            required
            min={1}
            max={100}
            defaultValue={burst}
          />
          <Field
            label={words.jitter}
            name="jitter"
            type="number"
            required
            min={0}
            max={100}
            defaultValue={Math.round(jitter * 100)}
          />
        </div>
      )}
      <Field
        label={words.perDay}
        hint={words.perDayAbout}
        name="perDay"
        type="number"
        min={1}
        max={100_000}
        defaultValue={newChats.perDay ?? ""}
      />
      <Check
        label={words.pauseOnLock}
        hint={words.pauseOnLockAbout}
        name="pauseOnLock"
        isChecked={newChats.pauseOnLock}
      />
    </>
  );
}
