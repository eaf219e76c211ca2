import type { Body } from "#client/operation.ts";
import type { Message } from "./chats.ts";

type Send = Body<"sendMessage">;

/** A message without whom it goes to. */
export type NewMessage = Send extends infer Kind
  ? Kind extends Send
    ? Omit<Kind, "to">
    : never
  : never;

/** The same once more; undefined for what cannot be said a second time. */
export function sayAgain({ content }: Message): NewMessage | undefined {
  switch (content.type) {
    case "text":
      return { type: "text", text: content.text };
    case "image": {
      const { caption, viewOnce, ...file } = content.image;
      return { type: "image", image: { ...sourceOf(file), ...given({ caption, viewOnce }) } };
    }
    case "video": {
      const { caption, viewOnce, seconds, ...file } = content.video;
      const more = given({ caption, viewOnce, seconds });
      return { type: "video", video: { ...sourceOf(file), ...more } };
    }
    case "audio": {
      const { voice, viewOnce, seconds, ...file } = content.audio;
      return {
        type: "audio",
        audio: { ...sourceOf(file), ...given({ voice, viewOnce, seconds }) },
      };
    }
    case "document": {
      const { caption, fileName, ...file } = content.document;
      return { type: "document", document: { ...sourceOf(file), ...given({ caption, fileName }) } };
    }
    case "sticker":
      return { type: "sticker", sticker: sourceOf(content.sticker) };
    case "location": {
      const { live: _, ...location } = content.location;
      return { type: "location", location };
    }
    case "contact":
      return {
        type: "contact",
        contact: { contacts: content.contact.contacts.map(({ vcard }) => ({ vcard })) },
      };
    case "poll":
      return { type: "poll", poll: content.poll };
    case "reaction":
    case "edit":
    case "deletion":
    case "unavailable":
    case "unsupported":
      return undefined;
  }
}

function sourceOf({ mediaId, url }: { mediaId?: string; url?: string }) {
  return mediaId === undefined ? given({ url }) : { mediaId };
}

/** Without the members that are undefined. */
function given<Members extends object>(members: Members) {
  const kept = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as {
    [Name in keyof Members]?: Exclude<Members[Name], undefined>;
  };
}
