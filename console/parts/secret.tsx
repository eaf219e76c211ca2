import { useEffect, useRef } from "preact/hooks";
import { texts } from "../texts/texts.ts";
import { CopyButton } from "./copy-button.tsx";

/** What is shown this once and never again; it comes into view by itself. */
export function Secret({ label, value }: { label: string; value: string }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => element.current?.scrollIntoView({ block: "center" }), [value]);
  return (
    <div class="card" role="status" ref={element}>
      <p>
        {label} {texts.shownOnce}
      </p>
      <pre>{value}</pre>
      <CopyButton text={value} />
    </div>
  );
}
