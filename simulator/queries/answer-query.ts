import type { Device } from "../accounts/account.ts";
import type { Channel } from "../connection/channel.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { serverJid } from "../stanza/jid.ts";
import type { World } from "../world.ts";
import { appStateSync } from "./app-state-sync.ts";
import { contactAndDeviceLists } from "./contact-and-device-lists.ts";
import { keyDigest } from "./key-digest.ts";
import { keyFetch } from "./key-fetch.ts";
import { mediaConnection } from "./media-connection.ts";
import { ping } from "./ping.ts";
import { preKeyCount } from "./pre-key-count.ts";
import { preKeyUpload } from "./pre-key-upload.ts";
import { privacySettings } from "./privacy-settings.ts";
import type { Answer, Query } from "./query.ts";
import { removeCompanion } from "./remove-companion.ts";
import { signedPreKeyRotation } from "./signed-pre-key-rotation.ts";
import { blocklist, dirtyBits, groups, passive, privacyTokens, props } from "./plain-answers.ts";

/** First match wins. */
const queries: Query[] = [
  ping,
  preKeyCount,
  signedPreKeyRotation,
  preKeyUpload,
  keyDigest,
  keyFetch,
  contactAndDeviceLists,
  passive,
  props,
  privacyTokens,
  privacySettings,
  blocklist,
  appStateSync,
  dirtyBits,
  groups,
  mediaConnection,
  removeCompanion,
];

const toResult = (iq: BinaryNode, answer: Exclude<Answer, "unanswered">): BinaryNode => {
  const attrs = { id: iq.attrs["id"] ?? "", from: serverJid };
  if (Array.isArray(answer))
    return { tag: "iq", attrs: { ...attrs, type: "result" }, content: answer };
  const error = { code: String(answer.error), text: answer.text };
  return {
    tag: "iq",
    attrs: { ...attrs, type: "error" },
    content: [{ tag: "error", attrs: error }],
  };
};

/**
 * Answers one IQ. What no query knows is answered with an empty result, as a client that waits for
 * it would stall, and is marked in the history. Before login only the keep-alive is known.
 */
export const answerQuery = (
  world: World,
  channel: Channel,
  device: Device | undefined,
  iq: BinaryNode,
): void => {
  const { type, id } = iq.attrs;
  if (type !== "get" && type !== "set" && !ping.matches(iq)) return;
  const query = device ? queries.find((candidate) => candidate.matches(iq)) : undefined;
  if (!device || !query) {
    if (!ping.matches(iq))
      world.history.record({
        direction: "in",
        device: channel.device,
        connection: channel.connection,
        node: iq,
        unhandled: true,
      });
    channel.send(toResult(iq, []));
    return;
  }
  const context = { world, device, iq };
  const answer = query.answer(context);
  if (id === undefined || answer === "unanswered") return;
  channel.send(toResult(iq, answer));
  query.after?.(context);
};
