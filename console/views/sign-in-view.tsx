import { useState } from "preact/hooks";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { texts } from "../texts/texts.ts";

export function SignInView({ onInvited }: { onInvited: () => void }) {
  const { api, signIn } = useApi();
  const [isNew, setNew] = useState(false);
  const submit = async ({ email = "", password = "", name = "" }: Record<string, string>) => {
    const call = isNew
      ? api.POST("/v1/auth/register", { body: { email, password, name } })
      : api.POST("/v1/auth/login", { body: { email, password } });
    signIn.take(await requireData(call));
  };
  const { title, registerTitle } = texts.signIn;
  return (
    <main class="sign-in">
      <p class="brand">{texts.product}</p>
      <h1>{isNew ? registerTitle : title}</h1>
      <Form
        key={String(isNew)}
        submit={isNew ? texts.signIn.register : texts.signIn.submit}
        onSubmit={submit}
        more={
          <>
            <button type="button" class="link" onClick={() => setNew(!isNew)}>
              {isNew ? texts.signIn.toSignIn : texts.signIn.toRegister}
            </button>
            <button type="button" class="link" onClick={onInvited}>
              {texts.users.join.to}
            </button>
          </>
        }
      >
        {isNew && <Field label={texts.signIn.name} name="name" required maxLength={100} />}
        <Field
          label={texts.signIn.email}
          name="email"
          type="email"
          required
          autocomplete="username"
        />
        <Field
          label={texts.signIn.password}
          name="password"
          type="password"
          required
          minLength={isNew ? 10 : 1}
          autocomplete={isNew ? "new-password" : "current-password"}
          {...(isNew && { hint: texts.signIn.passwordHint })}
        />
      </Form>
    </main>
  );
}
