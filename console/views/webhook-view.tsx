import { useQuery, useQueryClient } from "@tanstack/preact-query";
import { useState } from "preact/hooks";
import { Link, useLocation } from "wouter-preact";
import type { Body } from "#client/operation.ts";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { ActionButton } from "../parts/action-button.tsx";
import { Problem } from "../parts/problem.tsx";
import { Secret } from "../parts/secret.tsx";
import { texts } from "../texts/texts.ts";
import { Deliveries } from "./deliveries.tsx";
import { WebhookHealth } from "./webhook-health.tsx";

export function WebhookView({ webhookId }: { webhookId: string }) {
  const { api } = useApi();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [secret, setSecret] = useState<string | undefined>();
  const params = { path: { webhookId } };
  const { data: webhook, error } = useQuery({
    queryKey: ["webhooks", webhookId],
    queryFn: () => requireData(api.GET("/v1/webhooks/{webhookId}", { params })),
  });
  if (!webhook) return error ? <Problem error={error} /> : <p role="status">{texts.loading}</p>;
  const changed = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ["webhooks"] }),
      queries.invalidateQueries({ queryKey: ["deliveries"] }),
    ]);
  const update = async (body: Body<"updateWebhook">) => {
    await requireData(api.PATCH("/v1/webhooks/{webhookId}", { params, body }));
    await changed();
  };
  const tryOut = async () => {
    await requireData(api.POST("/v1/webhooks/{webhookId}/test", { params }));
    await changed();
  };
  const rotate = async () => {
    const call = api.POST("/v1/webhooks/{webhookId}/rotate-secret", { params, body: {} });
    setSecret((await requireData(call)).secret);
    await changed();
  };
  const remove = async () => {
    await requireData(api.DELETE("/v1/webhooks/{webhookId}", { params }));
    go("/webhooks");
    await changed();
  };
  const words = texts.webhooks;
  return (
    <>
      <p>
        <Link href="/webhooks">← {words.back}</Link>
      </p>
      <div class="title">
        <h1 class="url">{webhook.url}</h1>
        <WebhookHealth webhook={webhook} />
      </div>
      <p>{webhook.description}</p>
      <p class="hint">{webhook.types?.join(", ") ?? words.allTypes}</p>
      {secret !== undefined && <Secret label={words.secret} value={secret} />}
      <div class="actions">
        <ActionButton label={words.test} kind="primary" onPress={tryOut} />
        <ActionButton
          label={webhook.enabled ? words.disable : words.enable}
          onPress={() => update({ enabled: !webhook.enabled })}
        />
        <ActionButton label={words.rotate} confirm={words.rotateConfirm} onPress={rotate} />
        <ActionButton
          label={words.remove}
          confirm={words.removeConfirm}
          kind="danger"
          onPress={remove}
        />
      </div>
      <Deliveries webhookId={webhookId} />
    </>
  );
}
