import Papa from "papaparse";
import { texts } from "../texts/texts.ts";

export type Recipient = { to: string; variables: Record<string, string> };

const placeholder = /\{\{\s*([\w-]+)\s*\}\}/g;

/** The text as one recipient gets it. */
export function fillIn(text: string, variables: Record<string, string>): string {
  return text.replaceAll(placeholder, (whole, name: string) => variables[name] ?? whole);
}

/** Recipients of a table whose first line names its columns, and what is wrong with it for this text. */
export function readRecipients(
  table: string,
  text: string,
): { recipients: Recipient[]; problems: string[] } {
  const { data, meta } = Papa.parse<Record<string, string>>(table.trim(), {
    header: true,
    skipEmptyLines: true,
  });
  if (data.length === 0) return { recipients: [], problems: [] };
  const columns = meta.fields ?? [];
  const wanted = new Set([
    "to",
    ...Array.from(text.matchAll(placeholder), ([, name = ""]) => name),
  ]);
  const missing = [...wanted].filter((name) => !columns.includes(name));
  const problems = missing.map((name) => texts.bulk.missingColumn(name));
  const recipients = data.map(({ to = "", ...variables }) => ({ to: to.trim(), variables }));
  const bad = recipients.findIndex(({ to }) => to.replaceAll(/\D/g, "").length < 10);
  if (missing.length === 0 && bad >= 0) problems.push(texts.bulk.badPhone(bad + 2));
  return { recipients, problems };
}
