import type { ComponentChildren } from "preact";

type EmptyProps = { title: string; about: string; children?: ComponentChildren };

/** Where there is nothing yet: why that is, and what to do. */
export function Empty({ title, about, children }: EmptyProps) {
  return (
    <div class="empty">
      <p>
        <strong>{title}</strong>
      </p>
      <p class="hint">{about}</p>
      {children}
    </div>
  );
}
