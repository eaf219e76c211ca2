import { ApiError } from "#client/api-error.ts";
import { TextError } from "../texts/text-error.ts";
import { texts } from "../texts/texts.ts";

/** Why something did not work, and what to do; nothing while all is well. */
export function Problem({ error }: { error: unknown }) {
  if (error === null || error === undefined) return null;
  const fields = error instanceof ApiError ? (error.problem?.fields ?? []) : [];
  return (
    <div class="problem" role="alert">
      <p>
        {error instanceof ApiError || error instanceof TextError ? error.message : texts.noAnswer}
      </p>
      {fields.length > 0 && (
        <ul>
          {fields.map(({ path, message }) => (
            <li key={path}>
              <code>{path}</code> {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
