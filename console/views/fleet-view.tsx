import { useQueryClient } from "@tanstack/preact-query";
import { useState } from "preact/hooks";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { useFleetHealth } from "../live/use-fleet-health.ts";
import { ActionButton } from "../parts/action-button.tsx";
import { Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { Problem } from "../parts/problem.tsx";
import { TimeOf } from "../parts/time-of.tsx";
import { texts } from "../texts/texts.ts";
import { FleetSessions } from "./fleet-sessions.tsx";
import { FleetStores } from "./fleet-stores.tsx";

const words = texts.fleet;

/** How the deployment is, for who runs it. */
export function FleetView() {
  const { operator } = useApi();
  const queries = useQueryClient();
  const [hasSecret, setSecret] = useState(operator.hasSecret());
  const { data: health, error, refetch } = useFleetHealth(hasSecret);
  const forget = () => {
    operator.forget();
    queries.removeQueries({ queryKey: ["fleet"] });
    setSecret(false);
  };
  const take = async ({ secret = "" }: Record<string, string>) => {
    operator.take(secret.trim());
    try {
      queries.setQueryData(["fleet"], await requireData(operator.api.GET("/v1/operator/health")));
      setSecret(true);
    } catch (refusal) {
      operator.forget();
      throw refusal;
    }
  };
  return (
    <>
      <div class="title">
        <h1>{words.title}</h1>
        {health && <span class={`badge ${health.status}`}>{words.status[health.status]}</span>}
      </div>
      <p class="hint">{words.about}</p>
      {!hasSecret && (
        <section class="card narrow" aria-labelledby="operator">
          <h2 id="operator">{words.secretTitle}</h2>
          <p class="hint">{words.secretAbout}</p>
          <Form submit={words.look} onSubmit={take}>
            <Field
              label={words.secret}
              hint={words.secretHint}
              name="secret"
              type="password"
              required
              autocomplete="off"
            />
          </Form>
        </section>
      )}
      {hasSecret && (
        <>
          <Problem error={error} />
          {health && (
            <>
              {health.problems.length > 0 && (
                <ul class="problem" role="alert">
                  {health.problems.map((problem) => (
                    <li key={problem}>{problem}</li>
                  ))}
                </ul>
              )}
              <FleetSessions fleet={health.fleet} />
              <FleetStores health={health} />
              <p class="hint">
                {words.at} <TimeOf at={health.at} isExact />
              </p>
            </>
          )}
          <div class="actions">
            <ActionButton label={words.again} onPress={() => refetch()} />
            <button type="button" onClick={forget}>
              {words.forget}
            </button>
          </div>
        </>
      )}
    </>
  );
}
