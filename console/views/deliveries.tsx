import { useQueryClient } from "@tanstack/preact-query";
import { useState } from "preact/hooks";
import type { Answer } from "#client/operation.ts";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { usePages } from "../live/use-pages.ts";
import { ActionButton } from "../parts/action-button.tsx";
import { PageList } from "../parts/page-list.tsx";
import { Select } from "../parts/select.tsx";
import { TimeOf } from "../parts/time-of.tsx";
import { texts } from "../texts/texts.ts";
import { DeliveryDialog } from "./delivery-dialog.tsx";

type Delivery = Answer<"listWebhookDeliveries">["data"][number];
type Status = Delivery["status"];

const statuses: Status[] = ["succeeded", "retrying", "failed"];

/** What was sent to a webhook, what came back, and sending it again. */
export function Deliveries({ webhookId }: { webhookId: string }) {
  const { api } = useApi();
  const queries = useQueryClient();
  const [status, setStatus] = useState<Status | "">("");
  const [opened, setOpened] = useState<string | undefined>();
  const pages = usePages(["deliveries", webhookId, status], (query) =>
    requireData(
      api.GET("/v1/webhooks/{webhookId}/deliveries", {
        params: { path: { webhookId }, query: { ...query, ...(status !== "" && { status }) } },
      }),
    ),
  );
  const changed = () => queries.invalidateQueries({ queryKey: ["deliveries", webhookId] });
  const resend = async (deliveryId: string) => {
    const path = "/v1/webhooks/{webhookId}/deliveries/{deliveryId}/redeliver";
    await requireData(api.POST(path, { params: { path: { webhookId, deliveryId } } }));
    await changed();
  };
  const resendFailed = async () => {
    const params = { path: { webhookId } };
    let cursor: string | null | undefined;
    do {
      const body = { status: "failed" as const, ...(typeof cursor === "string" && { cursor }) };
      cursor = (await requireData(api.POST("/v1/webhooks/{webhookId}/redeliver", { params, body })))
        .nextCursor;
    } while (cursor !== null);
    await changed();
  };
  const words = texts.deliveries;
  return (
    <section aria-labelledby="deliveries">
      <h2 id="deliveries">{words.title}</h2>
      <div class="actions">
        <Select
          label={words.filter}
          value={status}
          onChange={(event) => setStatus(event.currentTarget.value as Status | "")}
          options={[
            { value: "", label: words.all },
            ...statuses.map((value) => ({ value, label: words.status[value] })),
          ]}
        />
        <ActionButton label={words.look} onPress={changed} />
        <ActionButton label={words.resendFailed} onPress={resendFailed} />
      </div>
      <PageList
        pages={pages}
        none={words.none}
        columns={Object.values(words.columns)}
        row={(delivery) => ({
          key: delivery.id,
          cells: [
            <code>{delivery.type}</code>,
            <span class={`badge ${delivery.status}`}>{words.status[delivery.status]}</span>,
            <LastAttempt delivery={delivery} />,
            <div class="actions">
              <button type="button" onClick={() => setOpened(delivery.id)}>
                {words.open}
              </button>
              <ActionButton label={words.resend} onPress={() => resend(delivery.id)} />
            </div>,
          ],
        })}
      />
      {opened !== undefined && (
        <DeliveryDialog
          webhookId={webhookId}
          deliveryId={opened}
          onClose={() => setOpened(undefined)}
        />
      )}
    </section>
  );
}

function LastAttempt({ delivery: { attempts, nextAttemptAt } }: { delivery: Delivery }) {
  const last = attempts.at(-1);
  if (!last) return <>–</>;
  const outcome = last.statusCode ?? texts.deliveries.error[last.error ?? "network_failed"];
  return (
    <>
      <TimeOf at={last.at} /> · {outcome} · {texts.deliveries.took(last.ms)}
      {nextAttemptAt !== null && (
        <>
          <br />
          {texts.deliveries.next} <TimeOf at={nextAttemptAt} />
        </>
      )}
    </>
  );
}
