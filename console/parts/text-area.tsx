import type { JSX } from "preact";
import { useId } from "preact/hooks";

type TextAreaProps = Omit<JSX.TextareaHTMLAttributes, "id"> & { label: string; hint: string };

/** Several lines to fill in. */
export function TextArea({ label, hint, ...area }: TextAreaProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea {...area} id={id} aria-describedby={`${id}-hint`} />
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  );
}
