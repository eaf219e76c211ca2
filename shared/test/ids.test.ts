import { expect, test } from "vitest";
import { derivedId } from "../ids.ts";

test("what is made twice from the same seed has the id that it always had", () => {
  // Stored ids were made so: another way of writing them would make a second thing.
  expect(derivedId("event", 1_700_000_000_000, "x")).toBe("evt_01HF7YAT005NRHCGNQ4TR480B2");
});
