type CheckListProps<Option extends string> = {
  legend: string;
  name: string;
  options: readonly Option[];
  hint?: string;
  /** What each of them means. */
  about?: Record<Option, string>;
};

/** Several of many; the form's field is their names with commas between. */
export function CheckList<Option extends string>(props: CheckListProps<Option>) {
  const { legend, name, options, hint, about } = props;
  return (
    <fieldset class="checks">
      <legend>{legend}</legend>
      {hint !== undefined && <p class="hint">{hint}</p>}
      {options.map((option) => (
        <label key={option} class="check">
          <input type="checkbox" name={name} value={option} />
          <span>
            <code>{option}</code>
            {about && <span class="hint">{about[option]}</span>}
          </span>
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
