import { saveFile } from "../parts/save-file.ts";

/** Larger than this is not held in memory: the browser opens the link itself. */
const mostInMemory = 100 * 1_000_000;

/**
 * Has the browser keep a file of the store under a name of ours, which a link to another origin
 * cannot. Its bytes are never opened as a page of the console.
 */
export async function downloadFile(
  { downloadUrl, size }: { downloadUrl: string; size: number },
  name: string,
): Promise<void> {
  if (size > mostInMemory) {
    window.open(downloadUrl, "_blank", "noreferrer");
    return;
  }
  const answer = await fetch(downloadUrl);
  if (!answer.ok) throw new Error(`the store answered ${answer.status}`);
  saveFile(name, new Blob([await answer.blob()], { type: "application/octet-stream" }));
}
