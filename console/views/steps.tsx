import { texts } from "../texts/texts.ts";

/** The way to the first message; `reached` is the step that comes next. */
export function Steps({ reached }: { reached: number }) {
  return (
    <ol class="steps">
      {texts.firstRun.steps.map((step, index) => (
        <li
          key={step}
          class={index < reached ? "done" : ""}
          aria-current={index === reached ? "step" : undefined}
        >
          {step}
        </li>
      ))}
    </ol>
  );
}
