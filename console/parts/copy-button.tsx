import { useState } from "preact/hooks";
import { texts } from "../texts/texts.ts";

export function CopyButton({ text }: { text: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <button type="button" onClick={() => void copy()}>
      <span role="status">{isCopied ? texts.copied : texts.copy}</span>
    </button>
  );
}
