import type { S3Client } from "@aws-sdk/client-s3";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Logger } from "pino";
import type { QueueSender } from "../events/queue-sender.ts";
import type { FindPreview } from "../media/link-preview.ts";
import type { PrepareFile } from "../media/outbound-media.ts";
import type { MediaStore } from "../media/media-store.ts";
import type { BundleStore } from "../journal/bundle-store.ts";
import type { JournalStores } from "../journal/open-journal.ts";
import type { WhatsappSettings } from "../whatsapp/socket-config.ts";
import type { Gate } from "./gate.ts";
import type { MessageStore } from "./message-store.ts";
import type { ReplyStore } from "./reply-store.ts";
import type { PairingLimits } from "./pairing.ts";

/** What every session of a worker shares. */
export type SessionDeps = {
  stores: JournalStores;
  dynamodb: DynamoDBDocumentClient;
  journalTable: string;
  s3: S3Client;
  snapshotsBucket: string;
  bundles: BundleStore;
  messages: MessageStore;
  replies: ReplyStore;
  /** How long messages are kept. */
  retentionMs: number;
  media: MediaStore;
  prepareFile: PrepareFile;
  findPreview: FindPreview;
  /** Lets so many files of the worker be worked on at a time. */
  inMediaTurn: <Result>(work: () => Promise<Result>) => Promise<Result>;
  sender: QueueSender;
  whatsapp: WhatsappSettings;
  pairing: PairingLimits;
  /** Taking journals over. */
  loads: Gate;
  /** Logging in to WhatsApp. */
  logins: Gate;
  /** Milliseconds since 1970. */
  now: () => number;
  random: () => number;
  log: Logger;
};

export type SessionIds = { sessionId: string; accountId: string };
