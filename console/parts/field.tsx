import type { JSX } from "preact";
import { useId } from "preact/hooks";

type FieldProps = Omit<JSX.InputHTMLAttributes, "id"> & {
  label: string;
  hint?: string;
};

/** One line to fill in, with its label and, below it, what is expected. */
export function Field({ label, hint, ...input }: FieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input {...input} id={id} {...(hint !== undefined && { "aria-describedby": `${id}-hint` })} />
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
