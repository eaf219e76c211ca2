import type { ComponentType } from "preact";
import { useState } from "preact/hooks";
import type { NewMessage } from "../../live/new-message.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Menu } from "../../parts/menu.tsx";
import { texts } from "../../texts/texts.ts";
import { SendContact } from "./send-contact.tsx";
import { SendFile } from "./send-file.tsx";
import { SendLocation } from "./send-location.tsx";
import { SendPoll } from "./send-poll.tsx";
import { SendTemplate } from "./send-template.tsx";

type SendForm = ComponentType<{ send: (message: NewMessage) => Promise<void> }>;

const words = texts.conversations;

const forms: { label: string; title: string; Form: SendForm }[] = [
  { label: words.attach.file, title: words.sendFile.title, Form: SendFile },
  { label: words.attach.location, title: words.location.title, Form: SendLocation },
  { label: words.attach.contact, title: words.contact.title, Form: SendContact },
  { label: words.attach.poll, title: words.poll.title, Form: SendPoll },
  { label: words.attach.template, title: words.template.title, Form: SendTemplate },
];

/** What can be sent beside a text, each in a form of its own. */
export function Attach({ send }: { send: (message: NewMessage) => Promise<void> }) {
  const [opened, open] = useState<(typeof forms)[number]>();
  const sendAndClose = async (message: NewMessage) => {
    await send(message);
    open(undefined);
  };
  return (
    <>
      <Menu
        label={words.attach.menu}
        items={forms.map((form) => ({ label: form.label, onPick: () => open(form) }))}
      />
      {opened && (
        <Dialog title={opened.title} onClose={() => open(undefined)}>
          <opened.Form send={sendAndClose} />
        </Dialog>
      )}
    </>
  );
}
