// Looks the recipients' devices up before Baileys does, because Baileys sends an empty stanza when its
// own look-up goes unanswered. After this they are in the cache that Baileys reads.
import { isGroup } from "#shared/address.ts";
import { jidDecode, jidNormalizedUser } from "./baileys.ts";
import type { WASocket } from "./baileys.ts";
import type { DeviceCache } from "./device-cache.ts";
import { usersIn } from "./group-cache.ts";
import type { GroupCache } from "./group-cache.ts";
import type { SendOutcome } from "./send-outcome.ts";

export type LookUp = {
  socket: WASocket;
  devices: DeviceCache;
  groups: GroupCache;
  /** Milliseconds. */
  queryTimeoutMs: number;
  /** Monotonic milliseconds. */
  clock: () => number;
};

/** Why nothing can be sent there; undefined when it can. */
export function findUnreachable(context: LookUp, to: string): Promise<SendOutcome | undefined> {
  return isGroup(to) ? findUnreachableGroup(context, to) : findUnreachablePerson(context, to);
}

async function findUnreachablePerson(
  context: LookUp,
  to: string,
): Promise<SendOutcome | undefined> {
  const { socket, devices, queryTimeoutMs, clock } = context;
  const user = jidDecode(to)?.user ?? "";
  const own = findOwnJid(socket, to);
  const ownUser = jidDecode(own)?.user ?? "";
  const both = [user, ownUser];
  if (devices.keepAll(both)) return undefined;
  const startedAt = clock();
  try {
    await socket.getUSyncDevices([own, to], true, false);
  } catch (error) {
    if (!isOpen(socket)) return { result: "not_sent" };
    return unanswered(`The recipient's devices could not be looked up: ${messageOf(error)}`);
  }
  if (devices.keepAll(both)) return undefined;
  if (!isOpen(socket)) return { result: "not_sent" };
  if (clock() - startedAt >= queryTimeoutMs) {
    return unanswered("WhatsApp did not say in time which devices the recipient has.");
  }
  const detail = "WhatsApp knows no device of this recipient.";
  return { result: "refused", reason: "recipient_not_on_whatsapp", detail };
}

async function findUnreachableGroup(
  { socket, devices, groups }: LookUp,
  to: string,
): Promise<SendOutcome | undefined> {
  try {
    const known = await groups.get(to);
    const group = known ?? (await socket.groupMetadata(to));
    if (!known) groups.set(to, group);
    const users = usersIn(group);
    if (devices.keepAll(users)) return undefined;
    const members = group.participants.map(({ id }) => id);
    await socket.getUSyncDevices(members, true, false);
    if (users.some((user) => devices.has(user))) {
      devices.keepAll(users);
      return undefined;
    }
    if (!isOpen(socket)) return { result: "not_sent" };
    return unanswered("WhatsApp did not say in time which devices the group's members have.");
  } catch (error) {
    if (!isOpen(socket)) return { result: "not_sent" };
    // WhatsApp's answers: 401 and 403 to who is not a member, 404 when there is no such group.
    const code = codeOf(error);
    if (code !== undefined && [401, 403, 404, 406].includes(code)) {
      const detail = "The session is not a member of this group, or the group does not exist.";
      return { result: "refused", reason: "not_in_group", detail };
    }
    return unanswered(`The group could not be looked up: ${messageOf(error)}`);
  }
}

function unanswered(detail: string): SendOutcome {
  return { result: "refused", reason: "recipient_unanswered", detail };
}

/** Our own address in the form that a chat with `to` uses, as Baileys picks it. */
export function findOwnJid(socket: WASocket, to: string): string {
  const { id = "", lid } = socket.user ?? {};
  return jidNormalizedUser((to.endsWith("@lid") || isGroup(to)) && lid ? lid : id);
}

export function isOpen(socket: WASocket): boolean {
  return socket.ws.isOpen;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Baileys puts WhatsApp's code into an error's `data`, or its HTTP likeness. */
function codeOf(error: unknown): number | undefined {
  const { data, output } = error as { data?: unknown; output?: { statusCode?: number } };
  return typeof data === "number" ? data : output?.statusCode;
}
