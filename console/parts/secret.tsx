import { texts } from "../texts/texts.ts";
import { CopyButton } from "./copy-button.tsx";

/** What is shown this once and never again. */
export function Secret({ label, value }: { label: string; value: string }) {
  return (
    <div class="card" role="status">
      <p>
        {label} {texts.shownOnce}
      </p>
      <pre>{value}</pre>
      <CopyButton text={value} />
    </div>
  );
}
