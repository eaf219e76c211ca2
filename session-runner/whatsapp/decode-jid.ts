// Baileys takes JIDs apart some thirty times a text, each with two arrays: a twenty-fifth of the garbage
// that one leaves. This gives the same without them.
import { WAJIDDomains } from "@whiskeysockets/baileys/lib/WABinary/jid-utils.js";
import type { FullJid } from "@whiskeysockets/baileys/lib/WABinary/jid-utils.js";

/** What else the module has in whose place this one stands. */
export {
  areJidsSameUser,
  getServerFromDomainType,
  isHostedLidUser,
  isHostedPnUser,
  isJidBot,
  isJidBroadcast,
  isJidGroup,
  isJidMetaAI,
  isJidNewsletter,
  isJidStatusBroadcast,
  isLidUser,
  isPnUser,
  jidEncode,
  jidNormalizedUser,
  META_AI_JID,
  OFFICIAL_BIZ_JID,
  PSA_WID,
  S_WHATSAPP_NET,
  SERVER_JID,
  STORIES_JID,
  transferDevice,
  WAJIDDomains,
} from "@whiskeysockets/baileys/lib/WABinary/jid-utils.js";

/** `user_agent:device@server`, of which agent and device may be missing. */
export function jidDecode(jid: string | undefined): FullJid | undefined {
  const at = typeof jid === "string" ? jid.indexOf("@") : -1;
  if (jid === undefined || at === -1) return undefined;
  const server = jid.slice(at + 1);
  const named = endOf(jid, ":", 0, at);
  const user = endOf(jid, "_", 0, named);
  const agent = named > user ? jid.slice(user + 1, endOf(jid, "_", user + 1, named)) : "";
  const device = named < at ? jid.slice(named + 1, endOf(jid, ":", named + 1, at)) : "";
  return {
    server,
    user: jid.slice(0, user),
    domainType: domainOf(server, agent),
    device: device ? Number(device) : undefined,
  } as FullJid;
}

/** Where the part ends that begins at `from`. */
function endOf(text: string, mark: string, from: number, end: number): number {
  const found = text.indexOf(mark, from);
  return found === -1 || found > end ? end : found;
}

function domainOf(server: string, agent: string): number {
  switch (server) {
    case "lid":
      return WAJIDDomains.LID;
    case "hosted":
      return WAJIDDomains.HOSTED;
    case "hosted.lid":
      return WAJIDDomains.HOSTED_LID;
    default:
      return agent ? Number.parseInt(agent, 10) : WAJIDDomains.WHATSAPP;
  }
}
