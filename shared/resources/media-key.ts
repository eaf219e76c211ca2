/** Where a file of a message lies in the `media` bucket. */
export function mediaKey(accountId: string, mediaId: string): string {
  return `${accountId}/${mediaId}`;
}
