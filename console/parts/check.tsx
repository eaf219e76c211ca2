import { useId } from "preact/hooks";

type CheckProps = {
  label: string;
  hint: string;
  name: string;
  isChecked: boolean;
  onChange?: (isChecked: boolean) => void;
};

/** Yes or no, with what that means. */
export function Check({ label, hint, name, isChecked, onChange }: CheckProps) {
  const id = useId();
  return (
    <div class="field">
      <label class="check">
        <input
          type="checkbox"
          name={name}
          defaultChecked={isChecked}
          aria-describedby={id}
          onChange={(event) => onChange?.(event.currentTarget.checked)}
        />
        {label}
      </label>
      <p class="hint" id={id}>
        {hint}
      </p>
    </div>
  );
}
