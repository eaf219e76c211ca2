// How each kind of key is written into the journal: small, and as text.
import { calculateAgreement } from "whatsapp-rust-bridge";
import { BufferJSON, proto } from "./baileys.ts";
import type { AuthenticationCreds, SignalDataTypeMap } from "./baileys.ts";

/** Curve25519's base point, as a public key is written: its multiple by a private key is the public one. */
const basePoint = Buffer.from(`0509${"00".repeat(31)}`, "hex");

export type KeyType = keyof SignalDataTypeMap;

export function encodeKey(type: KeyType, value: unknown): string {
  switch (type) {
    case "lid-mapping":
    // Signal's sessions are read and written by signal-sessions.ts alone.
    case "session":
      return value as string;
    case "pre-key":
      // The public half follows from it, and 812 of these are most of a session's state.
      return Buffer.from((value as { private: Uint8Array }).private).toString("base64");
    case "identity-key":
      return Buffer.from(value as Uint8Array).toString("base64");
    case "sender-key":
      return Buffer.from(value as Uint8Array).toString("utf8");
    case "sender-key-memory":
    case "device-list":
      return JSON.stringify(value);
    default:
      return JSON.stringify(value, BufferJSON.replacer);
  }
}

export function decodeKey(type: KeyType, text: string): unknown {
  switch (type) {
    case "lid-mapping":
    case "session":
      return text;
    case "pre-key": {
      const bytes = Buffer.from(text, "base64").subarray(0, 32);
      return { private: bytes, public: Buffer.from(calculateAgreement(basePoint, bytes)) };
    }
    case "identity-key":
      return Buffer.from(text, "base64");
    case "sender-key":
      return Buffer.from(text, "utf8");
    case "sender-key-memory":
    case "device-list":
      return JSON.parse(text);
    case "tctoken": {
      // Read for each text that is sent: a reviver, called for each of its values, would take ten times as long.
      const { token, ...rest } = JSON.parse(text) as { token?: { data: string } };
      return { ...rest, ...(token && { token: Buffer.from(token.data, "base64") }) };
    }
    case "app-state-sync-key":
      return proto.Message.AppStateSyncKeyData.fromObject(
        JSON.parse(text, BufferJSON.reviver) as object,
      );
    default:
      return JSON.parse(text, BufferJSON.reviver);
  }
}

export function encodeCreds(creds: object): string {
  return JSON.stringify(creds, BufferJSON.replacer);
}

export function decodeCreds(text: string): AuthenticationCreds {
  return JSON.parse(text, BufferJSON.reviver) as AuthenticationCreds;
}
