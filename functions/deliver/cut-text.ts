/** The beginning of a text, so many bytes of it at most, and no half character at its end. */
export function cutText(text: string, maxBytes: number): { text: string; isCut: boolean } {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return { text, isCut: false };
  const cut = new TextDecoder().decode(bytes.subarray(0, maxBytes), { stream: true });
  return { text: cut, isCut: true };
}
