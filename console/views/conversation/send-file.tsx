import { useEffect, useState } from "preact/hooks";
import { byteSize } from "../../live/byte-size.ts";
import type { NewMessage } from "../../live/new-message.ts";
import { fittingKinds } from "../../live/send-as.ts";
import type { SendAs } from "../../live/send-as.ts";
import { Field } from "../../parts/field.tsx";
import { Form } from "../../parts/form.tsx";
import { Select } from "../../parts/select.tsx";
import { SendLater, sendAtOf } from "../../parts/send-later.tsx";
import { texts } from "../../texts/texts.ts";
import { useUpload } from "./use-upload.ts";

const words = texts.conversations.sendFile;

/** Chooses a file, shows it, uploads it and sends it as what it fits. */
export function SendFile({ send }: { send: (message: NewMessage) => Promise<void> }) {
  const [file, setFile] = useState<File>();
  const [as, setAs] = useState<SendAs>("document");
  const [isCancelled, setCancelled] = useState(false);
  const { start, sent, cancel } = useUpload();
  const kinds = file ? fittingKinds(file) : [];
  const choose = (chosen: File | undefined) => {
    setCancelled(false);
    setFile(chosen);
    setAs((chosen && fittingKinds(chosen)[0]) ?? "document");
  };
  const submit = async (fields: Record<string, string>) => {
    if (!file) return;
    setCancelled(false);
    try {
      const mediaId = await start(file);
      await send({ ...toMessage(as, mediaId, fields), ...sendAtOf(fields) });
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      setCancelled(true);
    }
  };
  const isCaptioned = as === "image" || as === "video" || as === "document";
  return (
    <Form submit={texts.conversations.send} onSubmit={submit}>
      <Field
        label={words.choose}
        type="file"
        required
        onChange={(event) => choose(event.currentTarget.files?.[0])}
      />
      {file && kinds.length === 0 && <p class="problem">{words.tooLarge}</p>}
      {file && <Preview file={file} as={as} />}
      {kinds.length > 0 && (
        <Select
          label={words.as}
          value={as}
          onChange={(event) => setAs(kinds[event.currentTarget.selectedIndex] ?? as)}
          options={kinds.map((kind) => ({ value: kind, label: words.kinds[kind] }))}
        />
      )}
      {as === "document" && file && (
        <Field
          key={file.name}
          label={words.fileName}
          name="fileName"
          required
          maxLength={255}
          defaultValue={file.name}
        />
      )}
      {isCaptioned && (
        <Field
          label={words.caption}
          hint={texts.conversations.optional}
          name="caption"
          maxLength={1_024}
        />
      )}
      {(as === "image" || as === "video") && (
        <label class="check">
          <input type="checkbox" name="viewOnce" />
          {texts.conversations.viewOnce}
        </label>
      )}
      <SendLater />
      {file && sent !== undefined && (
        <div>
          <progress value={sent} max={file.size} aria-label={words.progress} />
          <p class="hint" role="status">
            {words.uploading(byteSize(sent), byteSize(file.size))}
          </p>
          <button type="button" onClick={cancel}>
            {words.cancel}
          </button>
        </div>
      )}
      {isCancelled && (
        <p class="hint" role="status">
          {words.cancelled}
        </p>
      )}
    </Form>
  );
}

/** The picture that is about to be sent; of other files, how large they are. */
function Preview({ file, as }: { file: File; as: SendAs }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  if ((as === "image" || as === "sticker") && url !== undefined) {
    return <img class={`picture ${as}`} src={url} alt={words.preview} />;
  }
  return <p class="hint">{byteSize(file.size)}</p>;
}

function toMessage(as: SendAs, mediaId: string, fields: Record<string, string>): NewMessage {
  const { caption = "", viewOnce, fileName = "" } = fields;
  const words = caption !== "" && { caption };
  const once = viewOnce !== undefined && { viewOnce: true };
  switch (as) {
    case "image":
      return { type: "image", image: { mediaId, ...words, ...once } };
    case "video":
      return { type: "video", video: { mediaId, ...words, ...once } };
    case "audio":
      return { type: "audio", audio: { mediaId } };
    case "voice":
      return { type: "audio", audio: { mediaId, voice: true } };
    case "document":
      return { type: "document", document: { mediaId, fileName, ...words } };
    case "sticker":
      return { type: "sticker", sticker: { mediaId } };
  }
}
