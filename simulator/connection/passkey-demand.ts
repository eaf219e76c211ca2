import type { BinaryNode } from "../stanza/codec.ts";
import { serverJid } from "../stanza/jid.ts";
import { timestamp, type World } from "../world.ts";

/** What the server sends when an account may link devices only with its passkey. */
export const passkeyDemand = (world: World, connection: number): BinaryNode => {
  const options = {
    challenge: Buffer.from(world.random(32)).toString("base64url"),
    rpId: "whatsapp.com",
    allowCredentials: [],
    userVerification: "required",
  };
  return {
    tag: "notification",
    attrs: {
      from: serverJid,
      id: `passkey-${connection}`,
      type: "passkey_prologue_request",
      t: timestamp(world),
    },
    content: [
      {
        tag: "passkey_request_options",
        attrs: {},
        content: Buffer.from(JSON.stringify(options)),
      },
    ],
  };
};
