/** As stanzas name it: what begins a session, or goes through one that the other side knows. */
export type CipherType = "pkmsg" | "msg";

/** What the WASM says, and what the JavaScript libsignal says of the same, which Baileys acts on. */
const decryption: [pattern: RegExp, messages: Record<CipherType, string>][] = [
  [/SessionNotFound/, { pkmsg: "No session record", msg: "No session record" }],
  [
    /DuplicatedMessage/,
    { pkmsg: "Key used already or never filled", msg: "No matching sessions found for message" },
  ],
  [/InvalidMessage/, { pkmsg: "Bad MAC", msg: "No matching sessions found for message" }],
  [/InvalidPreKeyId/, { pkmsg: "Invalid PreKey ID", msg: "Invalid PreKey ID" }],
];

/** Whether a message was decrypted before: no other session has to be tried. */
export function isUsedCounter(error: unknown): boolean {
  return String(error).includes("DuplicatedMessage");
}

/** @param type of what could not be decrypted; undefined when nothing was to be */
export function toSignalError(cause: unknown, type?: CipherType): Error {
  const said = cause instanceof Error ? cause.message : String(cause);
  const known = type && decryption.find(([pattern]) => pattern.test(said))?.[1][type];
  return new Error(known ?? said, { cause });
}
