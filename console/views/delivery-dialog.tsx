import { useQuery } from "@tanstack/preact-query";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { Dialog } from "../parts/dialog.tsx";
import { Problem } from "../parts/problem.tsx";
import { texts } from "../texts/texts.ts";

type DeliveryDialogProps = { webhookId: string; deliveryId: string; onClose: () => void };

/** The request as it was sent, and the latest answer. */
export function DeliveryDialog({ webhookId, deliveryId, onClose }: DeliveryDialogProps) {
  const { api } = useApi();
  const { data, error } = useQuery({
    queryKey: ["deliveries", webhookId, "one", deliveryId],
    queryFn: () =>
      requireData(
        api.GET("/v1/webhooks/{webhookId}/deliveries/{deliveryId}", {
          params: { path: { webhookId, deliveryId } },
        }),
      ),
  });
  const words = texts.deliveries;
  return (
    <Dialog title={words.dialogTitle} onClose={onClose}>
      <Problem error={error} />
      {data && (
        <>
          <h3>{words.request}</h3>
          <pre tabIndex={0}>{headersOf(data.request.headers)}</pre>
          <pre tabIndex={0}>{data.request.body}</pre>
          <h3>{words.answer}</h3>
          {data.answer ? (
            <pre tabIndex={0}>{`${data.answer.statusCode}\n${data.answer.body}`}</pre>
          ) : (
            <p>{words.noAnswer}</p>
          )}
        </>
      )}
      <div class="actions">
        <button type="button" onClick={onClose}>
          {texts.close}
        </button>
      </div>
    </Dialog>
  );
}

function headersOf(headers: Record<string, string>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
}
