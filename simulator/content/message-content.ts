export type FileKind = "image" | "video" | "audio" | "voice" | "document" | "sticker";

/** What a message quotes: whose, which, and the start of it. */
export type Quoted = {
  id: string;
  author: string;
  text: string;
  /** Where it was said, when that is another chat. */
  chat?: string;
};

/** What every kind may carry besides its content. */
export type MessageContext = {
  /** JIDs. */
  mentions: string[];
  quoted?: Quoted;
  forwarded: boolean;
  viewOnce: boolean;
};

export type FileContent = {
  type: FileKind;
  mimetype: string;
  caption: string;
  fileName?: string;
  size: number;
  seconds?: number;
  /** Pixels, where it says so. */
  width?: number;
  height?: number;
  /** Bytes of the small picture that it brings along. */
  thumbnailSize?: number;
};

/** What a text shows of a page that it links to. */
export type LinkPreview = {
  url: string;
  title: string;
  description: string;
  thumbnailSize?: number;
};

/** A decrypted message, as a person would describe it. */
export type MessageContent = MessageContext &
  (
    | { type: "text"; text: string; links: string[]; preview?: LinkPreview }
    | FileContent
    | { type: "location"; latitude: number; longitude: number; name: string; address: string }
    | { type: "contacts"; contacts: { name: string; vcard: string }[] }
    | { type: "poll"; question: string; options: string[]; selectable: number }
    /** `options` is absent when the poll is unknown here, so that the vote cannot be decrypted. */
    | { type: "vote"; poll: string; options?: string[] }
    | { type: "reaction"; to: string; emoji: string }
    | { type: "edit"; of: string; text: string }
    | { type: "delete"; of: string }
    | { type: "other"; name: string }
  );
