import { useState } from "preact/hooks";
import { requireData } from "#client/require-data.ts";
import { invitationLink } from "../access/invitation.ts";
import { useApi } from "../access/use-api.ts";
import { roles } from "../live/use-me.ts";
import type { User } from "../live/use-me.ts";
import { Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { Secret } from "../parts/secret.tsx";
import { Select } from "../parts/select.tsx";
import { texts } from "../texts/texts.ts";

const roleOf = (named: string) => roles.find((name) => name === named) ?? "member";
const words = texts.users;

/** Makes an invitation, whose link is handed over by whoever invites. */
export function InviteUser({ onInvited }: { onInvited: () => Promise<unknown> }) {
  const { api } = useApi();
  const [made, setMade] = useState<{ email: string; token: string } | undefined>();
  const [role, setRole] = useState<User["role"]>("member");
  const invite = async (fields: Record<string, string>, form: HTMLFormElement) => {
    const { email = "" } = fields;
    const { token } = await requireData(api.POST("/v1/users", { body: { email, role } }));
    setMade({ email, token });
    form.reset();
    await onInvited();
  };
  return (
    <>
      {made && <Secret label={words.link(made.email)} value={invitationLink(made.token)} />}
      <section class="card narrow" aria-labelledby="invite">
        <h2 id="invite">{words.inviteTitle}</h2>
        <p class="hint">{words.inviteAbout}</p>
        <Form submit={words.invite} onSubmit={invite}>
          <Field
            label={texts.account.email}
            name="email"
            type="email"
            required
            autocomplete="off"
          />
          <Select
            label={texts.account.role}
            value={role}
            onChange={(event) => setRole(roleOf(event.currentTarget.value))}
            hint={texts.account.may[role]}
            options={roles
              .toReversed()
              .map((value) => ({ value, label: texts.account.roles[value] }))}
          />
        </Form>
      </section>
    </>
  );
}
