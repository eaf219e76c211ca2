import type { Calls } from "./calls.ts";

/** Uploads a file as a client does; gives its id. */
export async function upload(calls: Calls, bytes: Uint8Array, mimetype: string): Promise<string> {
  const made = await calls.post("/v1/media", { mimetype, size: bytes.length });
  return putFile(made.body as Place, bytes);
}

type Place = { id: string; uploadUrl: string; headers: Record<string, string> };

/** Puts a file where the API has said; gives its id. */
export async function putFile(
  { id, uploadUrl, headers }: Place,
  bytes: Uint8Array,
): Promise<string> {
  const put = await fetch(uploadUrl, { method: "PUT", headers, body: Uint8Array.from(bytes) });
  if (!put.ok) throw new Error(`the upload was refused: ${await put.text()}`);
  return id;
}
