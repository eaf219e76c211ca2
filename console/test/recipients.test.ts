import { expect, test } from "vitest";
import { fillIn } from "#shared/template-text.ts";
import { toCsv } from "../live/to-csv.ts";
import { readRecipients } from "../live/recipients.ts";

test("a table with quotes, commas and Windows' line ends gives its recipients", () => {
  const table = 'to,name,city\r\n+14155550123,"Lovelace, Ada",London\r\n+14155550124,Grace,\r\n';
  const { recipients, problems } = readRecipients(table, ["name"]);
  expect(problems).toEqual([]);
  expect(recipients.map(({ variables }) => fillIn("Hello {{name}}", variables))).toEqual([
    "Hello Lovelace, Ada",
    "Hello Grace",
  ]);
  expect(recipients[0]?.variables).toEqual({ name: "Lovelace, Ada" });
});

test("a column that the text needs, and a line without a phone, are named", () => {
  const { problems } = readRecipients("to\n+14155550123", ["name"]);
  expect(problems).toEqual(["The table has no column “name”."]);
  expect(readRecipients("to,name\n+14155550123,Ada\n123,Bob", []).problems).toEqual([
    "Line 3 has no phone with country code.",
  ]);
});

test("more recipients than one bulk send takes are refused before it is sent", () => {
  const rows = Array.from({ length: 1_001 }, (_, index) => `+1415555${1_000 + index}`);
  const { problems } = readRecipients(["to", ...rows].join("\n"), []);
  expect(problems).toEqual([expect.stringContaining("1001 recipients")]);
});

test("a table that is saved runs no formulas in a spreadsheet, and leaves phones as they are", () => {
  expect(toCsv([["+14155550123", "=HYPERLINK(1)", "-1+1"]])).toBe(
    `+14155550123,"'=HYPERLINK(1)","'-1+1"`,
  );
});
