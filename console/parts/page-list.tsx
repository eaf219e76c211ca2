import type { ComponentChildren } from "preact";
import type { usePages } from "../live/use-pages.ts";
import { texts } from "../texts/texts.ts";
import { ActionButton } from "./action-button.tsx";
import { Problem } from "./problem.tsx";

type PageListProps<Item> = {
  pages: ReturnType<typeof usePages<Item>>;
  none: string;
  columns: string[];
  row: (item: Item) => { key: string; cells: ComponentChildren[] };
};

/** A list as a table, which becomes a stack of cards where it is narrow. */
export function PageList<Item>({ pages, none, columns, row }: PageListProps<Item>) {
  const { items, error, hasMore, more } = pages;
  if (!items) return error ? <Problem error={error} /> : <p role="status">{texts.loading}</p>;
  const further = hasMore && (
    <p>
      <ActionButton label={texts.more} onPress={more} />
    </p>
  );
  if (items.length === 0) {
    return (
      <>
        <p class="empty">{none}</p>
        {further}
      </>
    );
  }
  return (
    <>
      <table class="stacking">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map(row).map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, index) => (
                <td key={columns[index]} data-label={columns[index]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {further}
    </>
  );
}
