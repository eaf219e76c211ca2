import { expect, test } from "vitest";
import { fillIn, readRecipients } from "../live/recipients.ts";

test("a table with quotes, commas and Windows' line ends gives its recipients", () => {
  const table = 'to,name\r\n+14155550123,"Lovelace, Ada"\r\n+14155550124,Grace\r\n';
  const { recipients, problems } = readRecipients(table, "Hello {{name}}");
  expect(problems).toEqual([]);
  expect(recipients.map(({ variables }) => fillIn("Hello {{name}}", variables))).toEqual([
    "Hello Lovelace, Ada",
    "Hello Grace",
  ]);
});

test("a column that the text needs, and a line without a phone, are named", () => {
  const { problems } = readRecipients("to\n+14155550123", "Hello {{name}}");
  expect(problems).toEqual(["The table has no column “name”."]);
  expect(readRecipients("to,name\n+14155550123,Ada\n123,Bob", "Hello").problems).toEqual([
    "Line 3 has no phone with country code.",
  ]);
});
