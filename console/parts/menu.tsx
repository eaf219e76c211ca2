import { useEffect, useRef } from "preact/hooks";

type MenuProps = { label: string; items: { label: string; onPick: () => void }[] };

/** A button that opens a list of things to do; Escape, and whatever is done elsewhere, closes it. */
export function Menu({ label, items }: MenuProps) {
  const element = useRef<HTMLDetailsElement>(null);
  const close = () => element.current?.removeAttribute("open");
  useEffect(() => {
    const closeFor = ({ target }: Event) => {
      if (target instanceof Node && !element.current?.contains(target)) close();
    };
    document.addEventListener("pointerdown", closeFor);
    document.addEventListener("focusin", closeFor);
    return () => {
      document.removeEventListener("pointerdown", closeFor);
      document.removeEventListener("focusin", closeFor);
    };
  }, []);
  return (
    <details
      class="menu"
      ref={element}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        close();
        element.current?.querySelector("summary")?.focus();
      }}
    >
      <summary class="button">{label}</summary>
      <ul>
        {items.map((item) => (
          <li key={item.label}>
            <button
              type="button"
              onClick={() => {
                close();
                item.onPick();
              }}
            >
              {item.label}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
