/** Who a JID names: a phone number or LID user, and one of its devices (0 is the phone itself). */
export type Jid = { user: string; server: string; device: number };

/** In attributes the server is a JID with an empty user; the bare token is ignored by Baileys. */
export const serverJid = "@s.whatsapp.net";

export const phoneServer = "s.whatsapp.net";
export const lidServer = "lid";

/** Where everybody's status goes to. */
export const statusJid = "status@broadcast";

/** A group or the status list: messages there name their author apart from the chat. */
export const isSharedJid = (jid: string | undefined): boolean =>
  jid === statusJid || (jid?.endsWith("@g.us") ?? false);

export const parseJid = (jid: string | undefined): Jid | undefined => {
  const match = /^([^@:_]*)(?:_\d+)?(?::(\d+))?@(.+)$/.exec(jid ?? "");
  if (!match) return undefined;
  const [, user = "", device = "0", server = ""] = match;
  return { user, server, device: Number(device) };
};

/** Device 0 is written without a device part, as everywhere in the protocol. */
export const toJid = (user: string, server: string, device = 0): string =>
  device === 0 ? `${user}@${server}` : `${user}:${device}@${server}`;
