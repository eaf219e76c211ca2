import { useRef, useState } from "preact/hooks";
import { byteSize } from "../../live/byte-size.ts";
import type { Message } from "../../live/chats.ts";
import { downloadFile } from "../../live/download-file.ts";
import { useMedia } from "../../live/use-media.ts";
import { ActionButton } from "../../parts/action-button.tsx";
import { texts } from "../../texts/texts.ts";

type Content = Message["content"];
type Seen = Extract<Content, { type: "image" | "sticker" }>;
type Played = Extract<Content, { type: "video" | "audio" }>;

/** Pictures up to this are shown without being asked for. */
const smallBytes = 512_000;

export type File = {
  mediaId?: string;
  url?: string;
  size?: number;
  mediaStatus?: "pending" | "ready" | "failed";
  mediaReason?: keyof typeof texts.conversations.failed;
  viewOnce?: boolean;
};

const words = texts.conversations.file;

/** A picture or a sticker: small ones at once, others when they are asked for. */
export function Picture({ content }: { content: Seen }) {
  const file: File & { caption?: string } =
    content.type === "image" ? content.image : content.sticker;
  const [isWanted, want] = useState(file.size !== undefined && file.size <= smallBytes);
  const link = useLink(file, isWanted);
  if (link.missing !== undefined) return <p class="hint">{link.missing}</p>;
  const alt = content.type === "image" ? words.picture(file.caption ?? "") : words.sticker;
  if (link.url !== undefined) {
    return <img class={`picture ${content.type}`} src={link.url} alt={alt} />;
  }
  const kind = texts.conversations.kinds[content.type];
  return (
    <Ask label={words.show(kind, sizeOf(file))} isBusy={isWanted} onPress={() => want(true)} />
  );
}

/** What is heard or watched, loaded when it is to be played. */
export function Player({ content }: { content: Played }) {
  const file: File = content.type === "video" ? content.video : content.audio;
  const [isWanted, want] = useState(false);
  const link = useLink(file, isWanted);
  if (link.missing !== undefined) return <p class="hint">{link.missing}</p>;
  const isVoice = content.type === "audio" && content.audio.voice === true;
  const kind = isVoice ? texts.conversations.voice : texts.conversations.kinds[content.type];
  if (link.url === undefined) {
    return (
      <Ask label={words.play(kind, sizeOf(file))} isBusy={isWanted} onPress={() => want(true)} />
    );
  }
  // Nothing that people send each other has captions.
  return content.type === "video" ? (
    <video class="picture" src={link.url} aria-label={kind} controls autoplay />
  ) : (
    <audio src={link.url} aria-label={kind} controls autoplay />
  );
}

/** A document: its name, its size, and a way to keep it. */
export function Document({ content }: { content: Extract<Content, { type: "document" }> }) {
  const { fileName = words.unnamed, ...file } = content.document;
  const { refetch } = useMedia(file.mediaId, false);
  const missing = missingOf(file);
  const save = async () => {
    const { data, error } = await refetch();
    if (!data) throw error ?? new Error("no link");
    await downloadFile(data, fileName);
  };
  return (
    <div class="document">
      <p>
        <strong>{fileName}</strong> <span class="hint">{sizeOf(file)}</span>
      </p>
      {missing !== undefined && <p class="hint">{missing}</p>}
      {missing === undefined && file.mediaId !== undefined && (
        <ActionButton label={words.download(fileName)} onPress={save} />
      )}
      {file.url !== undefined && <Elsewhere url={file.url} />}
    </div>
  );
}

function Ask({ label, isBusy, onPress }: { label: string; isBusy: boolean; onPress: () => void }) {
  return (
    <button type="button" aria-busy={isBusy} onClick={onPress}>
      {label}
    </button>
  );
}

function Elsewhere({ url }: { url: string }) {
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {words.openUrl}
    </a>
  );
}

/** A link that stays the same once it is used: another one would begin what plays anew. */
function useLink(file: File, isWanted: boolean) {
  const kept = useRef<string>();
  const missing = missingOf(file);
  const { data, error } = useMedia(file.mediaId, isWanted && missing === undefined);
  kept.current ??= data?.downloadUrl;
  const gone = error !== null && kept.current === undefined ? words.gone : undefined;
  const elsewhere = file.url === undefined ? undefined : <Elsewhere url={file.url} />;
  return { url: kept.current, missing: missing ?? elsewhere ?? gone };
}

/** Why there is no file to show; undefined when there is one. */
function missingOf({ mediaStatus, mediaReason, viewOnce, mediaId, url }: File): string | undefined {
  if (mediaStatus === "pending") return words.pending;
  if (mediaStatus === "failed") {
    return texts.conversations.failed[mediaReason ?? "media_not_found"];
  }
  if (mediaId !== undefined || url !== undefined) return undefined;
  return viewOnce === true ? texts.conversations.viewOnceAbout : words.gone;
}

function sizeOf({ size }: { size?: number }): string {
  return size === undefined ? "" : ` (${byteSize(size)})`;
}
