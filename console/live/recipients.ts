import Papa from "papaparse";
import { texts } from "../texts/texts.ts";

export type Recipient = { to: string; variables: Record<string, string> };

/** As many as one batch takes. */
const most = 1_000;

/**
 * Recipients of a table whose first line names its columns, each with the variables that are asked
 * for, and what is wrong with the table.
 */
export function readRecipients(
  table: string,
  variables: readonly string[],
): { recipients: Recipient[]; problems: string[] } {
  const { data, meta } = Papa.parse<Record<string, string>>(table.trim(), {
    header: true,
    skipEmptyLines: true,
  });
  if (data.length === 0) return { recipients: [], problems: [] };
  const columns = meta.fields ?? [];
  const missing = ["to", ...variables].filter((name) => !columns.includes(name));
  const problems = missing.map((name) => texts.bulk.missingColumn(name));
  if (data.length > most) problems.push(texts.bulk.tooMany(data.length, most));
  const recipients = data.map(({ to = "", ...row }) => ({
    to: to.trim(),
    // Columns that nobody asks for would be refused.
    variables: Object.fromEntries(variables.map((name) => [name, row[name] ?? ""])),
  }));
  const bad = recipients.findIndex(({ to }) => to.replaceAll(/\D/g, "").length < 10);
  if (missing.length === 0 && bad >= 0) problems.push(texts.bulk.badPhone(bad + 2));
  return { recipients, problems };
}
