// An invitation's token travels behind the `#`, which no server and no log gets to see.
const place = /#\/join(?:\/([^/?#]+))?$/;

export function invitationLink(token: string): string {
  const { origin, pathname } = window.location;
  return `${origin}${pathname}#/join/${encodeURIComponent(token)}`;
}

/** The token of a link, or what is not a link as it is. */
export function invitationToken(text: string): string {
  const [, token] = place.exec(text.trim()) ?? [];
  return token === undefined ? text.trim() : decodeURIComponent(token);
}

/** Whether the page was opened by such a link. */
export function isInvitation(hash: string): boolean {
  return place.test(hash);
}
