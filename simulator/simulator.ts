import type { SyncWay } from "./accounts/profile.ts";
import type { SimulatorFaults } from "./faults/simulator-faults.ts";
import type { History } from "./history/history-log.ts";
import type { Phone } from "./phone/phone.ts";

export type SimulatorOptions = {
  /** 0, the default, takes a free port; the host is always 127.0.0.1. */
  port?: number | undefined;
  /** Port of the HTTPS media host; a free one when 0 or absent. */
  mediaPort?: number | undefined;
  /** `wss:` and `https:`, with a certificate of the authority behind `caPem`. */
  tls?: boolean | undefined;
  /** Where phones, devices, keys and queues outlive a restart; memory only when absent. */
  dataDir?: string | undefined;
  /** Life of each QR ref after the first, which lives three times as long. */
  refTtlMs?: number | undefined;
  /** How many stanzas the history keeps. */
  historyLimit?: number | undefined;
  now?: (() => number) | undefined;
  random?: ((length: number) => Uint8Array) | undefined;
  /** Hears why the server closed a connection that broke the protocol. */
  onProtocolError?: ((error: unknown, connection: number) => void) | undefined;
};

export type PhoneOptions = {
  /** Digits in E.164 without +; a free number when absent. */
  phone?: string | undefined;
  name?: string | undefined;
  autoReceipts?: boolean | undefined;
  autoRead?: boolean | undefined;
  decrypt?: boolean | undefined;
  /**
   * How a new companion gets history and app state: within the messages (the default), through the
   * media host (Baileys then asks mmg.whatsapp.net, whatever `media_conn` says), or not at all.
   */
  sync?: SyncWay | undefined;
  /** Refuses to link devices without a passkey; no client here can give one. */
  passkey?: boolean | undefined;
};

export type ConnectionMatch = { phone?: string | undefined; device?: number | undefined };

export type GroupInfo = { jid: string; subject: string; members: string[] };

/** A WhatsApp server in a box. */
export type Simulator = AsyncDisposable & {
  /** For Baileys' `waWebSocketUrl`. */
  url: string;
  controlUrl: string;
  /** Root of the Noise certificates, 32 bytes: goes to `WA_CERT_DETAILS.PUBLIC_KEY`. */
  rootPublicKey: Uint8Array;
  /** Certificate of the authority behind the TLS servers here: clients must trust it. */
  caPem: string;
  /** Host and port of the HTTPS server for files; its certificate is signed by `caPem`'s authority. */
  mediaHost: string;
  createPhone(options?: PhoneOptions): Promise<Phone>;
  /** A group of phones that exist; the first of them made it. */
  createGroup(options: { subject: string; members: string[] }): GroupInfo;
  phone(number: string): Phone | undefined;
  phones(): Phone[];
  /** The ref shown now by each connection that waits to be paired; the keys only its QR code has. */
  pendingQrs(): string[];
  history: History;
  faults: SimulatorFaults;
  /** No file can be fetched under the links so far: phones must upload again. */
  expireMediaLinks(): void;
  /** Cuts TCP, of everybody or of one phone's companions. */
  dropConnections(match?: ConnectionMatch): void;
  /** Sends a stream error and closes. */
  closeStream(
    match: ConnectionMatch,
    error: { code?: number | undefined; conflict?: string | undefined },
  ): void;
  stop(): Promise<void>;
};
