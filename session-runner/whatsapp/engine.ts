// What the rest of the runner knows of a connection to WhatsApp.
import type { IncomingMessage } from "node:http";
import type { Contact } from "#shared/address.ts";
import type { EventDraft } from "#shared/contracts/event.ts";
import type { AnswerOf, Question, QuestionKind } from "#shared/contracts/question.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import type { Journal } from "../journal/journal.ts";
import type { LinkPreview } from "../media/link-preview.ts";
import type { PreparedFile } from "../media/outbound-media.ts";
import type { DeviceCache } from "./device-cache.ts";
import type { Identity } from "./identity.ts";
import type { KeptDownload } from "./kept-records.ts";
import type { PastMessage } from "./past-message.ts";
import type { Receipt } from "./receipts.ts";
import type { OutgoingMessage } from "./send.ts";
import type { SendOutcome } from "./send-outcome.ts";
import type { ConnectionChoice, WhatsappSettings } from "./socket-config.ts";
import type { UploadFile } from "./upload-file.ts";

/** Why a socket ended. `byServer` is false for what was raised on this side. */
export type Closing = { code: number; byServer: boolean; message: string };

export type EngineEvents = {
  onQr: (qr: string) => void;
  /** Linked by the phone; WhatsApp closes with 515 next. */
  onPaired: (identity: Identity) => void;
  onOpen: (identity: Identity) => void;
  /** Called once; nothing comes after it. */
  onClosed: (closing: Closing) => void;
  /** A message that says something, in the midst of its append: place it, stage it. */
  onReceived: (draft: EventDraft) => void;
  /** News that need not be journaled. */
  onNotice: (draft: EventDraft) => void;
  /** Must resolve only when the receipt's news cannot be lost: WhatsApp is told after that. */
  onReceipt: (receipt: Receipt) => Promise<void>;
  /** What the phone tells of the past; nothing unless it was asked for. */
  onHistory: (messages: PastMessage[]) => void;
  /** What a retry receipt asks for. */
  findSent: (
    whatsappId: string,
  ) => Promise<Pick<MessageItem, "content" | "upload" | "chat"> | undefined>;
  /** Has the message's file at WhatsApp, with the help of `upload`; undefined without a file. */
  prepareFile: (message: OutgoingMessage, upload: UploadFile) => Promise<PreparedFile | undefined>;
  /** What to show of a link in the message; never rejects. */
  findPreview: (message: OutgoingMessage) => Promise<LinkPreview | undefined>;
};

/** How a tenant wants a connection to be. */
export type EngineChoice = ConnectionChoice & {
  /** Shows the account as online while connected. */
  markOnline: boolean;
  rejectsCalls: () => boolean;
};

export type EngineOptions = {
  sessionId: string;
  journal: Journal;
  devices: DeviceCache;
  settings: WhatsappSettings;
  /** Contacts, by each address, whose presence is asked for again on this connection. */
  subscriptions: Map<string, Contact>;
  choice: EngineChoice;
  events: EngineEvents;
};

/** Where received files come from. */
export type FileServer = {
  /** @throws {MediaHostError} when it answers with something else */
  openFile(directPath: string): Promise<IncomingMessage>;
  /** Asks the own phone; gives where the file is then. */
  askForUpload(download: KeptDownload): Promise<string | undefined>;
};

export type Engine = FileServer & {
  send(message: OutgoingMessage): Promise<SendOutcome>;
  isOpen(): boolean;
  /** @throws what Baileys throws: see `toFailure` */
  ask(question: Question): Promise<AnswerOf<QuestionKind>>;
  /** When WhatsApp lets the account start chats again, in milliseconds since 1970, if it says so. */
  lockEnd(): Promise<number | undefined>;
  /** After the first QR code: a code of eight characters to type on this phone (digits) instead. */
  requestCode(phone: string): Promise<string>;
  showOnline(online: boolean): Promise<void>;
  /** Unlinks this device; resolves when WhatsApp has confirmed it, or after a few seconds. */
  logout(): Promise<void>;
  /** Cuts the connection in this instant. */
  abort(): void;
  /** Closes the socket, by force if it does not close by itself. Safe to call twice. */
  close(): Promise<void>;
};
