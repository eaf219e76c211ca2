import { useQueryClient } from "@tanstack/preact-query";
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { ApiError } from "#client/api-error.ts";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { texts } from "../texts/texts.ts";

type NewSessionProps = { onCreated: (sessionId: string) => void; isFirst?: boolean };

/** Makes a session; the first one is connected at once. A name that is taken leads to its session. */
export function NewSession({ onCreated, isFirst = false }: NewSessionProps) {
  const { api } = useApi();
  const queries = useQueryClient();
  const [taken, setTaken] = useState<string | undefined>();
  const create = async ({ name = "" }: Record<string, string>) => {
    setTaken(undefined);
    try {
      const { id } = await requireData(api.POST("/v1/sessions", { body: { name } }));
      if (isFirst) {
        await api.POST("/v1/sessions/{sessionId}/connect", { params: { path: { sessionId: id } } });
      }
      await queries.invalidateQueries({ queryKey: ["sessions"] });
      onCreated(id);
    } catch (error) {
      const existing = error instanceof ApiError && error.problem?.["existingSessionId"];
      if (typeof existing === "string") setTaken(existing);
      throw error;
    }
  };
  return (
    <>
      <Form submit={isFirst ? texts.firstRun.create : texts.create} onSubmit={create}>
        <Field
          label={texts.sessions.name}
          hint={texts.sessions.nameHint}
          name="name"
          required
          maxLength={100}
        />
      </Form>
      {taken !== undefined && (
        <p>
          {texts.sessions.taken} <Link href={`/sessions/${taken}`}>{texts.sessions.useTaken}</Link>
        </p>
      )}
    </>
  );
}
