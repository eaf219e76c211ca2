import { Link } from "wouter-preact";

type TabsProps<Name extends string> = {
  label: string;
  /** Where the first one is; the others are below it, by their names. */
  base: string;
  tabs: Record<Name, string>;
  shown: Name;
};

/** Links between the views of one thing. */
export function Tabs<Name extends string>({ label, base, tabs, shown }: TabsProps<Name>) {
  const entries = Object.entries<string>(tabs);
  return (
    <nav class="tabs" aria-label={label}>
      {entries.map(([name, text], index) => (
        <Link
          key={name}
          href={index === 0 ? base : `${base}/${name}`}
          aria-current={name === shown ? "page" : undefined}
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}

/** The tab that a path names; the first one when it names none. */
export function tabOf<Name extends string>(tabs: Record<Name, string>, named: string | undefined) {
  const names = Object.keys(tabs) as [Name, ...Name[]];
  return names.find((name) => name === named) ?? names[0];
}
