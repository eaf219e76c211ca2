import type { Message } from "../../live/chats.ts";
import type { Names } from "../../live/contact-names.ts";
import { wordsOf } from "../../live/message-text.ts";
import { texts } from "../../texts/texts.ts";
import { ContactCards } from "./contact-cards.tsx";
import { Document, Picture, Player } from "./file-content.tsx";
import { Place } from "./place.tsx";
import { Poll } from "./poll.tsx";

type ContentProps = { message: Message; names: Names; onOpen: (chat: string) => void };

/** What a message says, in the manner of its kind. */
export function Content({ message, names, onOpen }: ContentProps) {
  const { content } = message;
  const words = texts.conversations;
  const text = names.inText(wordsOf(content), content.mentions ?? []);
  switch (content.type) {
    case "text":
      return <p class="words">{text}</p>;
    case "image":
    case "sticker":
      return (
        <>
          <Picture content={content} />
          {text !== "" && <p class="words">{text}</p>}
        </>
      );
    case "video":
    case "audio":
      return (
        <>
          <Player content={content} />
          {text !== "" && <p class="words">{text}</p>}
        </>
      );
    case "document":
      return (
        <>
          <Document content={content} />
          {content.document.caption !== undefined && <p class="words">{text}</p>}
        </>
      );
    case "location":
      return <Place place={content.location} />;
    case "contact":
      return <ContactCards contacts={content.contact.contacts} onOpen={onOpen} />;
    case "poll":
      return <Poll message={message} poll={content.poll} names={names} />;
    case "reaction":
    case "edit":
    case "deletion":
      return (
        <p class="words">
          {words.kinds[content.type]} {text}
        </p>
      );
    case "unavailable":
      return (
        <p class="hint">
          {content.unavailable.reason === "view_once" ? words.viewOnceAbout : words.unavailable}
        </p>
      );
    case "unsupported":
      return <p class="hint">{words.unsupported(content.unsupported.whatsappType)}</p>;
  }
}
