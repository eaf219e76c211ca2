import type { BinaryNode } from "../stanza/codec.ts";
import { parseJid, serverJid } from "../stanza/jid.ts";
import { child, requireBytes } from "../stanza/read-node.ts";
import { timestamp, type World } from "../world.ts";
import type { Channel } from "./channel.ts";
import type { CompanionFinish, LinkCodeRequest } from "./registrations.ts";

const leaf = (tag: string, content: Uint8Array): BinaryNode => ({ tag, attrs: {}, content });
const element = "link_code_companion_reg";

/** One connection's pairing by code: takes the companion's two requests, and keeps the open one. */
export const makeLinkCodeDesk = (world: World, channel: Channel) => {
  let request: LinkCodeRequest | undefined;
  let finish: ((answer: CompanionFinish) => void) | undefined;
  let abandon: ((error: Error) => void) | undefined;

  const open = (hello: BinaryNode): BinaryNode[] => {
    const ref = Buffer.from(Buffer.from(world.random(48)).toString("base64"));
    request = {
      number: parseJid(hello.attrs["jid"])?.user ?? "",
      wrappedEphemeral: requireBytes(
        hello,
        "link_code_pairing_wrapped_companion_ephemeral_pub",
        80,
      ),
      exchange: ({ identity, wrappedEphemeral }) =>
        new Promise((resolve, reject) => {
          finish = resolve;
          abandon = reject;
          channel.send({
            tag: "notification",
            attrs: {
              from: serverJid,
              id: `code-${channel.connection}`,
              type: element,
              t: timestamp(world),
            },
            content: [
              {
                tag: element,
                attrs: { stage: "primary_hello" },
                content: [
                  leaf("link_code_pairing_ref", ref),
                  leaf("primary_identity_pub", identity),
                  leaf("link_code_pairing_wrapped_primary_ephemeral_pub", wrappedEphemeral),
                ],
              },
            ],
          });
        }),
    };
    return [{ tag: element, attrs: {}, content: [leaf("link_code_pairing_ref", ref)] }];
  };

  const complete = (finished: BinaryNode): BinaryNode[] => {
    finish?.({
      identity: requireBytes(finished, "companion_identity_public", 32),
      wrappedBundle: requireBytes(finished, "link_code_pairing_wrapped_key_bundle"),
    });
    return [];
  };

  return {
    current: (): LinkCodeRequest | undefined => request,
    /** The content of the answer, or undefined when the query is not about a code. */
    answer: (iq: BinaryNode): BinaryNode[] | undefined => {
      const asked = iq.attrs["xmlns"] === "md" ? child(iq, element) : undefined;
      if (asked?.attrs["stage"] === "companion_hello") return open(asked);
      return asked?.attrs["stage"] === "companion_finish" ? complete(asked) : undefined;
    },
    close: (): void => abandon?.(new Error("the companion closed its connection while linking")),
  };
};
