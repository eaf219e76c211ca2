import { useEffect, useRef, useState } from "preact/hooks";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../../access/use-api.ts";
import { mimetypeOf } from "../../live/send-as.ts";
import { upload } from "../../live/upload.ts";

/** Uploads a file for a message to name, tells how far it is, and can be cancelled. */
export function useUpload() {
  const { api } = useApi();
  const [sent, setSent] = useState<number>();
  const running = useRef<AbortController>();
  useEffect(() => () => running.current?.abort(), []);

  /** @throws {TextError} and the API's refusals; a DOMException `AbortError` when cancelled */
  async function start(file: File): Promise<string> {
    const cancelling = new AbortController();
    running.current = cancelling;
    setSent(0);
    try {
      const body = { mimetype: mimetypeOf(file), size: file.size };
      const { id, ...link } = await requireData(api.POST("/v1/media", { body }));
      await upload(link, file, { onProgress: setSent, signal: cancelling.signal });
      return id;
    } finally {
      setSent(undefined);
    }
  }

  return { start, sent, cancel: () => running.current?.abort() };
}
