import type { KeyStore } from "./key-store.ts";

/** What the operations work with. */
export type Vault = { keys: KeyStore; now(): number; newId(): string };
