type CheckListProps = { legend: string; name: string; options: readonly string[]; hint?: string };

/** Several of many; the form's field is their names with commas between. */
export function CheckList({ legend, name, options, hint }: CheckListProps) {
  return (
    <fieldset class="checks">
      <legend>{legend}</legend>
      {hint !== undefined && <p class="hint">{hint}</p>}
      {options.map((option) => (
        <label key={option} class="check">
          <input type="checkbox" name={name} value={option} />
          <code>{option}</code>
        </label>
      ))}
    </fieldset>
  );
}

/** What is checked in a list of that name. */
export function checkedOf<Option extends string>(
  form: HTMLFormElement,
  name: string,
  options: readonly Option[],
): Option[] {
  const checked = new Set(new FormData(form).getAll(name));
  return options.filter((option) => checked.has(option));
}
