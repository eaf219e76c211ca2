import { fillIn } from "#shared/template-text.ts";
import { toParts } from "../../live/template-parts.ts";
import { texts } from "../../texts/texts.ts";

type TemplatePreviewProps = {
  message: Record<string, unknown>;
  variables: Record<string, string>;
};

/** A template's message as it arrives; what is not filled in yet stays as it is. */
export function TemplatePreview({ message, variables }: TemplatePreviewProps) {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const { kind, text, url, json } = toParts(fillIn(message, given));
  if (kind === "text" && text === "") return null;
  if (kind === "other") return <pre tabIndex={0}>{json}</pre>;
  return (
    <div class="bubbles sample">
      <div class="bubble outbound">
        {kind !== "text" && (
          <p class="hint">
            {texts.conversations.kinds[kind]}: <span class="url">{url}</span>
          </p>
        )}
        <p class="words">{text}</p>
      </div>
    </div>
  );
}
