import { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import { toSnapshot, type Collection } from "../app-state/collection.ts";
import { encryptMedia } from "../media/media-crypto.ts";
import { announceAppState } from "../routing/announce-app-state.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { bytesOf, child, children } from "../stanza/read-node.ts";
import { isQuery, type Query, type QueryContext } from "./query.ts";

/** So many patches are answered at once; the client asks again for the rest. */
const patchesAtOnce = 50;

const patchNodes = (collection: Collection, from: number): BinaryNode[] =>
  collection.patches.slice(from, from + patchesAtOnce).map((content) => ({
    tag: "patch",
    attrs: {},
    content,
  }));

const snapshotNode = ({ world, device }: QueryContext, collection: Collection): BinaryNode => {
  const { key } = world.appStates.of(device.account);
  const file = toSnapshot(key, collection);
  const { blob, secrets } = encryptMedia(file, "app-state", world.random(32));
  const { mediaKey, fileSha256, fileEncSha256, fileLength } = secrets;
  const content = proto.ExternalBlobReference.encode({
    mediaKey,
    fileSha256,
    fileEncSha256,
    fileSizeBytes: fileLength,
    directPath: world.media.put(blob),
  }).finish();
  return { tag: "snapshot", attrs: {}, content };
};

const refused = (name: string, code: number, text: string): BinaryNode => ({
  tag: "collection",
  attrs: { name, type: "error" },
  content: [{ tag: "error", attrs: { code: String(code), text } }],
});

const answerCollection = (context: QueryContext, asked: BinaryNode): BinaryNode => {
  const { world, device } = context;
  const { name = "", version = "0", return_snapshot: wantsSnapshot } = asked.attrs;
  const state = world.appStates.of(device.account);
  const uploads = children(asked, "patch").flatMap((patch) => bytesOf(patch) ?? []);
  const known = Number(version);
  if (uploads.length > 0 && known !== state.collection(name).version)
    return refused(name, 409, "conflict");
  try {
    for (const upload of uploads) state.accept(name, upload);
  } catch (error) {
    return refused(name, 400, error instanceof Error ? error.message : "bad patch");
  }
  const collection = state.collection(name);
  const attrs = { name, version: String(collection.version), type: "result" };
  if (uploads.length > 0) return { tag: "collection", attrs };
  const whole =
    wantsSnapshot === "true" &&
    collection.version > 0 &&
    device.account.profile.sync === "media-host";
  if (whole) return { tag: "collection", attrs, content: [snapshotNode(context, collection)] };
  const more = known + patchesAtOnce < collection.version;
  const patches: BinaryNode = { tag: "patches", attrs: {}, content: patchNodes(collection, known) };
  return {
    tag: "collection",
    attrs: { ...attrs, version: version, ...(more ? { has_more_patches: "true" } : {}) },
    content: [patches],
  };
};

/** Devices fetch what others changed (chats archived, muted, read; contacts) and upload changes. */
export const appStateSync: Query = {
  matches: isQuery("w:sync:app:state", "set", "sync"),
  answer: (context) => [
    {
      tag: "sync",
      attrs: {},
      content: children(child(context.iq, "sync"), "collection").map((asked) =>
        answerCollection(context, asked),
      ),
    },
  ],
  after: ({ world, device, iq }) => {
    const changed = children(child(iq, "sync"), "collection").filter(
      (asked) => child(asked, "patch") !== undefined,
    );
    for (const { attrs } of changed) announceAppState(world, device, attrs["name"] ?? "");
  },
};
