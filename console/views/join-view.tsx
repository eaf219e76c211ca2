import { useState } from "preact/hooks";
import { requireData } from "#client/require-data.ts";
import { invitationToken, isInvitation } from "../access/invitation.ts";
import { useApi } from "../access/use-api.ts";
import { Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { texts } from "../texts/texts.ts";

const { join } = texts.users;

/** For who was invited: a password, and they are in. */
export function JoinView({ onLeave }: { onLeave: () => void }) {
  const { api, signIn } = useApi();
  const [given] = useState(() => {
    const { hash, pathname } = window.location;
    const token = isInvitation(hash) ? invitationToken(hash) : "";
    // It works once and belongs to nobody else: neither the history nor a shoulder's eye keeps it.
    history.replaceState(null, "", pathname);
    return token === "#/join" ? "" : token;
  });
  const accept = async ({ token = "", password = "" }: Record<string, string>) => {
    const body = { token: invitationToken(token), password };
    signIn.take(await requireData(api.POST("/v1/auth/accept-invitation", { body })));
    onLeave();
  };
  return (
    <main class="sign-in">
      <p class="brand">{texts.product}</p>
      <h1>{join.title}</h1>
      <p class="hint">{join.about}</p>
      <Form
        submit={join.submit}
        onSubmit={accept}
        more={
          <button type="button" class="link" onClick={onLeave}>
            {texts.signIn.toSignIn}
          </button>
        }
      >
        <Field
          label={join.token}
          hint={join.tokenHint}
          name="token"
          required
          autocomplete="off"
          defaultValue={given}
        />
        <Field
          label={texts.signIn.password}
          hint={texts.signIn.passwordHint}
          name="password"
          type="password"
          required
          minLength={10}
          autocomplete="new-password"
        />
      </Form>
    </main>
  );
}
