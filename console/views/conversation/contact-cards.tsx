import { vcardPhones } from "../../live/vcard-phones.ts";
import { texts } from "../../texts/texts.ts";

type ContactCardsProps = {
  contacts: { name: string; vcard: string }[];
  onOpen: (chat: string) => void;
};

/** People whose cards were sent, and a way to write to them. */
export function ContactCards({ contacts, onOpen }: ContactCardsProps) {
  return (
    <>
      {contacts.map(({ name, vcard }) => (
        <div key={vcard}>
          <p>
            <strong>{name}</strong>
          </p>
          {vcardPhones(vcard).map(({ phone, chat }) => (
            <p key={phone}>
              {phone}{" "}
              {chat !== undefined && (
                <button type="button" class="link" onClick={() => onOpen(chat)}>
                  {texts.conversations.writeTo(name)}
                </button>
              )}
            </p>
          ))}
        </div>
      ))}
    </>
  );
}
