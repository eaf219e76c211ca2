import type { Answer } from "#client/operation.ts";
import { TimeOf } from "../parts/time-of.tsx";
import { texts } from "../texts/texts.ts";

/** Whether a webhook works, and why not. */
export function WebhookHealth({ webhook }: { webhook: Answer<"getWebhook"> }) {
  const { enabled, disabledReason, failingSince } = webhook;
  if (!enabled) {
    const why = texts.webhooks.disabled[disabledReason ?? "user"];
    return <span class="badge error">{why}</span>;
  }
  if (failingSince === null) return <span class="badge succeeded">{texts.webhooks.works}</span>;
  return (
    <span class="badge failed">
      {texts.webhooks.failingSince} <TimeOf at={failingSince} />
    </span>
  );
}
