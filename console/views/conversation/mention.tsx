import { keptAddress } from "../../live/contact-names.ts";
import type { Contact, Names } from "../../live/contact-names.ts";
import { Menu } from "../../parts/menu.tsx";
import { texts } from "../../texts/texts.ts";

/** Somebody who is mentioned, and what stands behind the @ in the text. */
export type Mentioned = { address: string; digits: string };

type MentionProps = {
  members: readonly Contact[];
  names: Names;
  onMention: (mentioned: Mentioned) => void;
};

/** Picks a member of the group; the text then names them. */
export function Mention({ members, names, onMention }: MentionProps) {
  return (
    <Menu
      label={texts.conversations.mention}
      items={members.map((member) => ({
        label: names.of(member),
        onPick: () => onMention(toMentioned(member)),
      }))}
    />
  );
}

function toMentioned(contact: Contact): Mentioned {
  const address = keptAddress(contact);
  return { address, digits: /^\d+/.exec(address)?.[0] ?? "" };
}
