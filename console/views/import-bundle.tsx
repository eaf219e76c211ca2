import { findBundleId, useBundle } from "../live/use-bundle.ts";
import { Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { TextError } from "../texts/text-error.ts";
import { texts } from "../texts/texts.ts";

const words = texts.move;

/** Takes a sealed bundle into a session that has no phone. */
export function ImportBundle({ sessionId }: { sessionId: string }) {
  const { give, giveFile } = useBundle(sessionId);
  const take = async ({ bundleId: typed = "" }: Record<string, string>, form: HTMLFormElement) => {
    const given = new FormData(form).get("file");
    const file = given instanceof File && given.size > 0 ? given : undefined;
    const bundleId = findBundleId(typed) ?? findBundleId(file?.name ?? "");
    if (bundleId === undefined) throw new TextError(words.noBundle);
    await (file ? giveFile(bundleId, file) : give(bundleId));
  };
  return (
    <>
      <p class="hint">{words.importAbout}</p>
      <Form submit={words.importNow} onSubmit={take}>
        <Field label={words.file} name="file" type="file" />
        <Field
          label={words.bundleId}
          hint={words.bundleIdAbout}
          name="bundleId"
          autocomplete="off"
        />
      </Form>
    </>
  );
}
