import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { texts } from "../texts/texts.ts";

const words = texts.account;

export function ChangePassword({ email }: { email: string }) {
  const { api } = useApi();
  const change = async (fields: Record<string, string>, form: HTMLFormElement) => {
    const { currentPassword = "", newPassword = "" } = fields;
    await requireData(api.PUT("/v1/auth/password", { body: { currentPassword, newPassword } }));
    form.reset();
  };
  return (
    <section class="card" aria-labelledby="password">
      <h2 id="password">{words.password}</h2>
      <p class="hint">{words.passwordAbout}</p>
      <Form submit={words.change} onSubmit={change} done={words.changed}>
        {/* Password managers want to know whose password it is. */}
        <input type="email" autocomplete="username" value={email} readOnly hidden />
        <Field
          label={words.current}
          name="currentPassword"
          type="password"
          required
          autocomplete="current-password"
        />
        <Field
          label={words.next}
          hint={texts.signIn.passwordHint}
          name="newPassword"
          type="password"
          required
          minLength={10}
          autocomplete="new-password"
        />
      </Form>
    </section>
  );
}
