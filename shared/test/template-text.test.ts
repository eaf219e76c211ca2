import { expect, test } from "vitest";
import { compareVariables, fillIn, variablesIn } from "../template-text.ts";

const message = {
  type: "image",
  image: { url: "https://example.com/{{order}}.png", caption: "Hi {{ name }}, {{name}}!" },
  mentions: ["{{friend}}"],
};

test("variables are found in every text of a message, each once", () => {
  expect(variablesIn(message)).toEqual(["order", "name", "friend"]);
  expect(variablesIn({ text: "{{ }} {{1a}} {name} {{a-b}}" })).toEqual([]);
});

test("they are filled in as they are given, whatever is in them", () => {
  const filled = fillIn(message, { order: "7", name: "{{order}} $& $1", friend: "x" });
  expect(filled.image).toEqual({
    url: "https://example.com/7.png",
    caption: "Hi {{order}} $& $1, {{order}} $& $1!",
  });
  expect(filled.mentions).toEqual(["x"]);
});

test("a name that every object has is missing all the same when it is not given", () => {
  const given = { name: "Ada", colour: "red" };
  expect(compareVariables(["name", "constructor"], given)).toEqual({
    missing: ["constructor"],
    extra: ["colour"],
  });
  expect(fillIn("{{constructor}}", {})).toBe("{{constructor}}");
});
