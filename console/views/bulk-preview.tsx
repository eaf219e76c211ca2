import { Fragment } from "preact";
import { fillIn } from "#shared/template-text.ts";
import type { Recipient } from "../live/recipients.ts";
import { toParts } from "../live/template-parts.ts";
import { texts } from "../texts/texts.ts";

type BulkPreviewProps = { message: Record<string, unknown>; recipients: readonly Recipient[] };

const previewed = 5;

/** What the first recipients will read. */
export function BulkPreview({ message, recipients }: BulkPreviewProps) {
  const shown = recipients.slice(0, previewed);
  return (
    <>
      <h3>{texts.bulk.preview(shown.length, recipients.length)}</h3>
      <dl>
        {shown.map(({ to, variables }) => {
          const { kind, text, url, json } = toParts(fillIn(message, variables));
          return (
            <Fragment key={to}>
              <dt>{to}</dt>
              <dd>
                {kind === "other" ? <code>{json}</code> : text} {url !== "" && <code>{url}</code>}
              </dd>
            </Fragment>
          );
        })}
      </dl>
    </>
  );
}
