import { useMutation } from "@tanstack/preact-query";
import type { ComponentChildren } from "preact";
import { Problem } from "./problem.tsx";

type FormProps = {
  /** Rejects with why it could not be done, which is then shown. */
  onSubmit: (fields: Record<string, string>, form: HTMLFormElement) => Promise<unknown>;
  submit: string;
  children?: ComponentChildren;
  /** Beside the button. */
  more?: ComponentChildren;
  isInline?: boolean;
  /** Said when it is done, where nothing else shows it. */
  done?: string;
};

/** Fields and a button; while it works the button is busy, and what fails is said below. */
export function Form({ onSubmit, submit, children, more, isInline = false, done }: FormProps) {
  const work = useMutation({
    mutationFn: (form: HTMLFormElement) => {
      const entries = [...new FormData(form)];
      const texts = entries.filter(
        (entry): entry is [string, string] => typeof entry[1] === "string",
      );
      return onSubmit(Object.fromEntries(texts), form);
    },
  });
  return (
    <form
      class={isInline ? "form inline" : "form"}
      onSubmit={(event) => {
        event.preventDefault();
        if (!work.isPending) work.mutate(event.currentTarget);
      }}
    >
      {children}
      <div class="actions">
        <button class="primary" type="submit" aria-busy={work.isPending}>
          {submit}
        </button>
        {more}
      </div>
      {done !== undefined && work.isSuccess && (
        <p class="good" role="status">
          {done}
        </p>
      )}
      <Problem error={work.error} />
    </form>
  );
}
