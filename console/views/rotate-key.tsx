import { useState } from "preact/hooks";
import type { Answer } from "#client/operation.ts";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { Dialog } from "../parts/dialog.tsx";
import { Form } from "../parts/form.tsx";
import { Select } from "../parts/select.tsx";
import { texts } from "../texts/texts.ts";

type RotateKeyProps = {
  apiKey: Answer<"listKeys">["data"][number];
  onMade: (key: string) => Promise<unknown>;
};

const words = texts.keys;
const overlaps = { none: 0, hour: 3_600, day: 86_400, week: 604_800, month: 2_592_000 } as const;

/** A new secret for a key; the former one goes on for as long as its users need. */
export function RotateKey({ apiKey, onMade }: RotateKeyProps) {
  const { api } = useApi();
  const [isAsking, setAsking] = useState(false);
  const rotate = async ({ overlap = "day" }: Record<string, string>) => {
    const overlapSeconds = overlaps[overlap as keyof typeof overlaps];
    const params = { path: { keyId: apiKey.id } };
    const call = api.POST("/v1/keys/{keyId}/rotate", { params, body: { overlapSeconds } });
    const { key } = await requireData(call);
    setAsking(false);
    await onMade(key);
  };
  return (
    <>
      <button type="button" onClick={() => setAsking(true)}>
        {words.rotate}
      </button>
      {isAsking && (
        <Dialog title={words.rotateTitle(apiKey.name)} onClose={() => setAsking(false)}>
          <p>{words.rotateAbout}</p>
          <Form
            submit={words.rotate}
            onSubmit={rotate}
            more={
              <button type="button" onClick={() => setAsking(false)}>
                {texts.cancel}
              </button>
            }
          >
            <Select
              label={words.overlap}
              name="overlap"
              defaultValue="day"
              options={Object.entries(words.overlaps).map(([value, label]) => ({ value, label }))}
            />
          </Form>
        </Dialog>
      )}
    </>
  );
}
