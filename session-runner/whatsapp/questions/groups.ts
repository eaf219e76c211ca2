import type { AnswerOf, QuestionOf } from "#shared/contracts/question.ts";
import { toContact } from "../contact.ts";
import type { QuestionContext } from "./question-context.ts";
import { toGroup } from "./to-group.ts";

export async function list({ socket }: QuestionContext): Promise<AnswerOf<"group.list">> {
  const all = await socket.groupFetchAllParticipating();
  return { data: Object.values(all).map(toGroup) };
}

export async function get(
  { socket }: QuestionContext,
  { group }: QuestionOf<"group.get">,
): Promise<AnswerOf<"group.get">> {
  return toGroup(await socket.groupMetadata(group));
}

export async function create(
  { socket }: QuestionContext,
  { subject, members }: QuestionOf<"group.create">,
): Promise<AnswerOf<"group.create">> {
  return toGroup(await socket.groupCreate(subject, members));
}

export async function rename(
  { socket }: QuestionContext,
  { group, subject }: QuestionOf<"group.rename">,
): Promise<AnswerOf<"group.rename">> {
  await socket.groupUpdateSubject(group, subject);
  return {};
}

/** WhatsApp says of each member whether it was done. */
export async function changeMembers(
  { socket }: QuestionContext,
  { group, change, members }: QuestionOf<"group.members">,
): Promise<AnswerOf<"group.members">> {
  const outcomes = await socket.groupParticipantsUpdate(group, members, change);
  const data = outcomes.map(({ status, jid, content }) => {
    const done = status === "200";
    const other = content?.attrs?.["phone_number"] ?? content?.attrs?.["lid"];
    return { contact: toContact(jid ?? "", other), done, code: done ? null : Number(status) };
  });
  return { data };
}

export async function invite(
  { socket }: QuestionContext,
  { group, renew }: QuestionOf<"group.invite">,
): Promise<AnswerOf<"group.invite">> {
  const code = await (renew ? socket.groupRevokeInvite(group) : socket.groupInviteCode(group));
  if (code === undefined) throw new Error("WhatsApp gave no code for the invitation");
  return { code, url: `https://chat.whatsapp.com/${code}` };
}

export async function leave(
  { socket }: QuestionContext,
  { group }: QuestionOf<"group.leave">,
): Promise<AnswerOf<"group.leave">> {
  await socket.groupLeave(group);
  return {};
}
