// XMLHttpRequest, because fetch tells nobody how much of a body has left.
import { TextError } from "../texts/text-error.ts";
import { texts } from "../texts/texts.ts";

export type UploadLink = { uploadUrl: string; headers: Record<string, string> };

type UploadOptions = {
  /** How many bytes have left. */
  onProgress: (bytes: number) => void;
  signal: AbortSignal;
};

/**
 * Puts a file where a link says.
 * @throws {TextError} when it did not arrive; a DOMException `AbortError` when it was cancelled
 */
export function upload(
  { uploadUrl, headers }: UploadLink,
  file: Blob,
  { onProgress, signal }: UploadOptions,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const request = new XMLHttpRequest();
  const broken = () => reject(new TextError(texts.conversations.sendFile.broken));
  request.upload.addEventListener("progress", ({ loaded }) => onProgress(loaded));
  request.addEventListener("load", () => {
    if (request.status < 300) return resolve();
    reject(new TextError(texts.conversations.sendFile.refused(request.status)));
  });
  request.addEventListener("error", broken);
  request.addEventListener("timeout", broken);
  request.addEventListener("abort", () => reject(new DOMException("cancelled", "AbortError")));
  signal.addEventListener("abort", () => request.abort(), { once: true });
  request.open("PUT", uploadUrl);
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  request.send(file);
  return promise;
}
