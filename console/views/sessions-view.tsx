import { useState } from "preact/hooks";
import { Link, useLocation } from "wouter-preact";
import { useSessions } from "../live/use-sessions.ts";
import { Field } from "../parts/field.tsx";
import { Problem } from "../parts/problem.tsx";
import { StateBadge } from "../parts/state-badge.tsx";
import { TimeOf } from "../parts/time-of.tsx";
import { texts } from "../texts/texts.ts";
import { NewSession } from "./new-session.tsx";
import { Steps } from "./steps.tsx";

export function SessionsView() {
  const { data: sessions, error } = useSessions();
  const [wanted, setWanted] = useState("");
  const [, go] = useLocation();
  const open = (sessionId: string) => go(`/sessions/${sessionId}`);
  if (!sessions) return error ? <Problem error={error} /> : <p role="status">{texts.loading}</p>;
  if (sessions.length === 0) {
    return (
      <section class="card first-run">
        <h1>{texts.firstRun.title}</h1>
        <p>{texts.firstRun.about}</p>
        <Steps reached={0} />
        <NewSession isFirst onCreated={open} />
      </section>
    );
  }
  const needle = wanted.trim().toLowerCase();
  const found = sessions.filter(({ name, phone }) =>
    `${name} ${phone ?? ""}`.toLowerCase().includes(needle),
  );
  const { columns } = texts.sessions;
  return (
    <>
      <h1>{texts.sessions.title}</h1>
      <p class="hint">{texts.sessions.about}</p>
      <div class="toolbar">
        <Field
          label={texts.sessions.search}
          type="search"
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
      </div>
      {found.length === 0 ? (
        <p>{texts.sessions.none}</p>
      ) : (
        <table class="stacking">
          <thead>
            <tr>
              <th scope="col">{columns.name}</th>
              <th scope="col">{columns.state}</th>
              <th scope="col">{columns.phone}</th>
              <th scope="col">{columns.created}</th>
            </tr>
          </thead>
          <tbody>
            {found.map(({ id, name, status, phone, createdAt }) => (
              <tr key={id}>
                <td data-label={columns.name}>
                  <Link href={`/sessions/${id}`}>{name}</Link>
                </td>
                <td data-label={columns.state}>
                  <StateBadge state={status} />
                </td>
                <td data-label={columns.phone}>{phone ?? "–"}</td>
                <td data-label={columns.created}>
                  <TimeOf at={createdAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <section class="card narrow">
        <h2>{texts.sessions.newTitle}</h2>
        <NewSession onCreated={open} />
      </section>
    </>
  );
}
