import Papa from "papaparse";

/** Rows as CSV; what a spreadsheet would take for a formula is made text. */
export function toCsv(rows: string[][]): string {
  return Papa.unparse(rows, { escapeFormulae: /^[=@\t\r]|^[+-](?!\d+$)/ });
}
