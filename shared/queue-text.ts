/** JSON as the body of a queue's message: SQS refuses two characters that JSON leaves as they are. */
export function toQueueText(body: unknown): string {
  return JSON.stringify(body).replaceAll(/[\uFFFE\uFFFF]/g, escaped);
}

function escaped(character: string): string {
  return String.raw`\u${character.charCodeAt(0).toString(16)}`;
}
