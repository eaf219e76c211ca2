import { useMutation } from "@tanstack/preact-query";
import { useState } from "preact/hooks";
import { Dialog } from "./dialog.tsx";
import { Problem } from "./problem.tsx";
import { texts } from "../texts/texts.ts";

type ActionProps = {
  label: string;
  onPress: () => Promise<unknown>;
  kind?: "primary" | "danger" | "plain";
  /** What will be lost: asked about first. */
  confirm?: string;
};

/** A button for one request, with its confirmation where something is lost. */
export function ActionButton({ label, onPress, kind = "plain", confirm }: ActionProps) {
  const [isAsking, setAsking] = useState(false);
  const work = useMutation({ mutationFn: onPress, onSuccess: () => setAsking(false) });
  const press = () => {
    if (!work.isPending) work.mutate();
  };
  if (confirm === undefined) {
    return (
      <>
        <button type="button" class={kind} aria-busy={work.isPending} onClick={press}>
          {label}
        </button>
        <Problem error={work.error} />
      </>
    );
  }
  return (
    <>
      <button type="button" class={kind} onClick={() => setAsking(true)}>
        {label}
      </button>
      {isAsking && (
        <Dialog title={texts.areYouSure} onClose={() => setAsking(false)}>
          <p>{confirm}</p>
          <Problem error={work.error} />
          <div class="actions">
            <button type="button" class={kind} aria-busy={work.isPending} onClick={press}>
              {label}
            </button>
            <button type="button" onClick={() => setAsking(false)}>
              {texts.cancel}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
