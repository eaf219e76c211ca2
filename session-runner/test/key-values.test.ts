import * as fc from "fast-check";
import { expect, test } from "vitest";
import { KeyValues } from "../journal/key-values.ts";

const preKey = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString("base64"));
const id = fc.oneof(
  fc.integer({ min: 0, max: 9 }).map(String),
  fc.constantFrom("07", "a", "", "-1", "NaN", "0.5"),
);
const value = fc.oneof(preKey, fc.string(), fc.constant(null));
const change = fc.array(fc.tuple(id, value)).map((pairs) => Object.fromEntries(pairs));

test("keys are read back letter by letter, whatever their form, as from a plain map", () => {
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      const values = new KeyValues();
      const plain = new Map<string, string>();
      for (const one of changes) {
        values.apply(one);
        for (const [key, text] of Object.entries(one)) {
          if (text === null) plain.delete(key);
          else plain.set(key, text);
        }
        expect(new Map(values)).toEqual(plain);
        expect(values.size).toBe(plain.size);
        for (const key of Object.keys(one)) {
          expect(values.get(key)).toBe(plain.get(key));
          expect(values.has(key)).toBe(plain.has(key));
        }
      }
    }),
  );
});
