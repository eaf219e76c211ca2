import { expect, test } from "vitest";
import { withMessages } from "../live/thread-pages.ts";
import type { ThreadPages } from "../live/thread-pages.ts";
import { aMessage } from "./a-message.ts";

/** Of a second of its own. */
function message(number: number) {
  const name = String(number).padStart(2, "0");
  return aMessage({ id: `msg_${name}`, createdAt: `2026-11-21T10:00:${name}.000Z` });
}

const thread: ThreadPages = {
  pages: [
    { data: [message(9), message(8)], nextCursor: "8" },
    { data: [message(6), message(5)], nextCursor: "5" },
  ],
  pageParams: [undefined, "8"],
};
const ids = ({ pages }: ThreadPages) => pages.map(({ data }) => data.map(({ id }) => id));

test("a message that changed is changed on its page", () => {
  const read = { ...message(5), status: "read" as const };
  const { pages } = withMessages(thread, [read]);
  expect(pages[1]?.data[1]).toEqual(read);
  expect(ids({ ...thread, pages })).toEqual(ids(thread));
});

test("a new message takes its place among the newest", () => {
  expect(ids(withMessages(thread, [message(10), message(7)]))[0]).toEqual([
    "msg_10",
    "msg_09",
    "msg_08",
    "msg_07",
  ]);
});

test("of two messages of one second the one that came later is the newer, whatever their ids", () => {
  const { createdAt } = message(9);
  const later = aMessage({ id: "msg_08a", createdAt });
  expect(ids(withMessages(thread, [later]))[0]).toEqual(["msg_08a", "msg_09", "msg_08"]);
});

test("a message of a page that is not loaded waits for its page", () => {
  expect(withMessages(thread, [message(3)])).toEqual(thread);
});
