// libsignal tries a message on one session after another, and a try steps the ratchet before it
// knows that the message is not of that session. What is stored in the end then holds a ruined
// session beside the right one: a message that crosses a renewed session would make everything sent
// on the new one undecryptable. Here a try that fails leaves no trace.
import { createRequire } from "node:module";

type Session = { serialize(): unknown; constructor: unknown };

type SessionClass = { deserialize(data: unknown): Session };

type Cipher = {
  doDecryptWhisperMessage: (
    this: Cipher,
    message: Uint8Array,
    session: Session | undefined,
  ) => Promise<Uint8Array>;
};

const { prototype } = createRequire(import.meta.url)("libsignal/src/session_cipher.js") as {
  prototype: Cipher;
};

const tryToDecrypt = prototype.doDecryptWhisperMessage;

prototype.doDecryptWhisperMessage = async function decryptOrLeave(this: Cipher, message, session) {
  const before = session?.serialize();
  try {
    return await tryToDecrypt.call(this, message, session);
  } catch (error) {
    if (session) Object.assign(session, (session.constructor as SessionClass).deserialize(before));
    throw error;
  }
};
