export function isGroup(jid: string): boolean {
  return jid.endsWith("@g.us");
}
