import type { Ciphertext } from "./counter-signal.ts";

/** What a client says to WhatsApp. */
export type ClientFrame =
  | { tag: "login"; device: string | undefined }
  | { tag: "paired" }
  | {
      tag: "message";
      id: string;
      to: string;
      encrypted: Record<string, Ciphertext>;
      /** When it was given to the socket, in milliseconds since 1970: it may wait for its append then. */
      begunAt: number;
    }
  | { tag: "receipt"; id: string }
  | { tag: "receipt-ack"; id: string }
  | { tag: "unlink" };

/** What WhatsApp says to a client. */
export type ServerFrame =
  | { tag: "success" }
  | { tag: "qr"; ref: string }
  | { tag: "pair-success"; device: string }
  | { tag: "message"; id: string; from: string; at: number; ciphertext: Uint8Array }
  | { tag: "receipt"; id: string; from: string }
  | { tag: "ack"; class: "message" | "receipt"; id: string; error?: number }
  | { tag: "end"; code: number };
