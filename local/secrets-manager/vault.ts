import type { SecretStore } from "./secret-store.ts";

/** What the operations work with. */
export type Vault = { secrets: SecretStore; now(): number; newId(): string };
