import type { Device } from "../accounts/account.ts";
import type { Channel } from "../connection/channel.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { serverJid } from "../stanza/jid.ts";
import type { World } from "../world.ts";
import { appStateSync } from "./app-state-sync.ts";
import { contactAndDeviceLists } from "./contact-and-device-lists.ts";
import { groupInvite, groupInviteUse, joinRequestDecision, joinRequests } from "./group-invites.ts";
import { groupLeaving, groupMembersChange } from "./group-members.ts";
import { groupSettingChange } from "./group-settings.ts";
import { groupCreation, groupMetadata, participatingGroups } from "./group-queries.ts";
import { keyDigest } from "./key-digest.ts";
import { keyFetch } from "./key-fetch.ts";
import { mediaConnection } from "./media-connection.ts";
import { ping } from "./ping.ts";
import { preKeyCount } from "./pre-key-count.ts";
import { preKeyUpload } from "./pre-key-upload.ts";
import { blocklist, blocklistChange } from "./blocklist.ts";
import { privacyChange, privacySettings } from "./privacy-settings.ts";
import { profilePicture, profilePictureChange } from "./profile-pictures.ts";
import {
  aboutChange,
  businessProfile,
  disappearingModeChange,
  restrictions,
} from "./profile-queries.ts";
import type { Answer, Query } from "./query.ts";
import { removeCompanion } from "./remove-companion.ts";
import { signedPreKeyRotation } from "./signed-pre-key-rotation.ts";
import { dirtyBits, passive, privacyTokens, props } from "./plain-answers.ts";

/** First match wins. */
const queries: Query[] = [
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
  privacyChange,
  blocklist,
  blocklistChange,
  profilePicture,
  profilePictureChange,
  aboutChange,
  disappearingModeChange,
  businessProfile,
  restrictions,
  appStateSync,
  dirtyBits,
  participatingGroups,
  groupMetadata,
  groupCreation,
  groupMembersChange,
  groupSettingChange,
  groupInvite,
  groupInviteUse,
  joinRequests,
  joinRequestDecision,
  groupLeaving,
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

/** The answer that a device gets; phones ask this way, as they have no connection. */
export const askServer = (world: World, device: Device, iq: BinaryNode): Answer =>
  queries.find((candidate) => candidate.matches(iq))?.answer({ world, device, iq }) ?? [];

/** How somebody may ask: as a logged-in device, or as a companion that pairs by code. */
export type Asker = Device | ((iq: BinaryNode) => BinaryNode[] | undefined);

const findAnswer = (
  world: World,
  asker: Asker,
  iq: BinaryNode,
): { answer: Answer; after?: () => void } | undefined => {
  if (ping.matches(iq)) return { answer: [] };
  if (typeof asker === "function") {
    const answer = asker(iq);
    return answer && { answer };
  }
  const query = queries.find((candidate) => candidate.matches(iq));
  const context = { world, device: asker, iq };
  return query && { answer: query.answer(context), after: () => query.after?.(context) };
};

/**
 * Answers one IQ. What nothing here knows is answered with an empty result, as a client that waits
 * for it would stall, and is marked in the history.
 */
export const answerQuery = (world: World, channel: Channel, asker: Asker, iq: BinaryNode): void => {
  const { type } = iq.attrs;
  // Baileys sends its statistics without a type.
  if (type === "result" || type === "error") return;
  const found = findAnswer(world, asker, iq);
  if (!found) {
    const { device, connection } = channel;
    world.history.record({ direction: "in", device, connection, node: iq, unhandled: true });
  }
  const answer = found?.answer ?? [];
  if (answer === "unanswered") return;
  channel.send(toResult(iq, answer));
  found?.after?.();
};
