import type { JSX } from "preact";
import { useId } from "preact/hooks";

type SelectProps = Omit<JSX.SelectHTMLAttributes, "id"> & {
  label: string;
  hint?: string;
  options: { value: string; label: string }[];
};

/** One of several. */
export function Select({ label, hint, options, ...select }: SelectProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select {...select} id={id} {...(hint !== undefined && { "aria-describedby": `${id}-hint` })}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
