import type { InfiniteData } from "@tanstack/preact-query";
import type { Answer } from "#client/operation.ts";
import type { Message } from "./chats.ts";

type Page = Answer<"listMessages">;

export type ThreadPages = InfiniteData<Page, string | undefined>;

/** The pages, newest first, with these messages as they are now. */
export function withMessages(pages: ThreadPages, changed: readonly Message[]): ThreadPages {
  return changed.reduce(withMessage, pages);
}

function withMessage(thread: ThreadPages, message: Message): ThreadPages {
  const isKnown = thread.pages.some(({ data }) => data.some(({ id }) => id === message.id));
  const oldest = thread.pages.at(-1);
  const isBeyond = oldest?.nextCursor !== null && (oldest?.data.at(-1)?.id ?? "") > message.id;
  // It comes with the page that it is on.
  if (!isKnown && isBeyond) return thread;
  const pages = thread.pages.map((page, index) => {
    if (isKnown) {
      return { ...page, data: page.data.map((each) => (each.id === message.id ? message : each)) };
    }
    return index === 0 ? { ...page, data: [message, ...page.data].toSorted(bySecond) } : page;
  });
  return { ...thread, pages };
}

/** Of what came in, WhatsApp tells the second alone: what comes last in it stays in front. */
function bySecond(a: Message, b: Message): number {
  return secondOf(b) - secondOf(a);
}

function secondOf({ createdAt }: Message): number {
  return Math.floor(Date.parse(createdAt) / 1_000);
}
