import type { AnswerOf, QuestionOf } from "#shared/contracts/question.ts";
import { jidNormalizedUser } from "../baileys.ts";
import { toKnownContact } from "../contact.ts";
import type { QuestionContext } from "./question-context.ts";
import { refusalCode } from "./to-failure.ts";

/** Numbers that WhatsApp does not know are absent from its answer. */
export async function checkContacts(
  { socket }: QuestionContext,
  { contacts }: QuestionOf<"contacts.check">,
): Promise<AnswerOf<"contacts.check">> {
  const found = await socket.onWhatsApp(...contacts);
  if (!found) throw new Error("WhatsApp did not say which numbers it knows");
  const known = new Set(
    found.flatMap(({ jid, exists }) => (exists ? [jidNormalizedUser(jid)] : [])),
  );
  const data = contacts.map(async (asked) => {
    const onWhatsapp = known.has(asked);
    return { asked, onWhatsapp, contact: onWhatsapp ? await toKnownContact(socket, asked) : null };
  });
  return { data: await Promise.all(data) };
}

/** No picture, or none for our eyes: WhatsApp refuses with one of these. */
const withoutPicture: readonly (number | undefined)[] = [401, 403, 404];

export async function findPicture(
  { socket }: QuestionContext,
  { contact, full }: QuestionOf<"contact.picture">,
): Promise<AnswerOf<"contact.picture">> {
  try {
    return { url: (await socket.profilePictureUrl(contact, full ? "image" : "preview")) ?? null };
  } catch (error) {
    if (withoutPicture.includes(refusalCode(error))) return { url: null };
    throw error;
  }
}

/** Asked for first: WhatsApp blocks by an address that a stranger's number does not tell. */
export async function blockContact(
  { socket, publish }: QuestionContext,
  { contact, blocked }: QuestionOf<"contact.block">,
): Promise<AnswerOf<"contact.block">> {
  await socket.getUSyncDevices([contact], true, false);
  await socket.updateBlockStatus(contact, blocked ? "block" : "unblock");
  const data = { contact: await toKnownContact(socket, contact), blocked };
  publish({ type: "contact.update", data });
  return {};
}

export async function listBlocked({
  socket,
}: QuestionContext): Promise<AnswerOf<"contacts.blocked">> {
  const blocked = (await socket.fetchBlocklist()).flatMap((jid) => (jid ? [jid] : []));
  return { data: await Promise.all(blocked.map((jid) => toKnownContact(socket, jid))) };
}
