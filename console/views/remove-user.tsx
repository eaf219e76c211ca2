import { useState } from "preact/hooks";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import type { User } from "../live/use-me.ts";
import { ActionButton } from "../parts/action-button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { texts } from "../texts/texts.ts";

type RemoveUserProps = { user: User; onRemoved: () => Promise<unknown> };

const words = texts.users;

/** Ends somebody's access, and with it the keys whose secrets they know, if asked to. */
export function RemoveUser({ user, onRemoved }: RemoveUserProps) {
  const { api } = useApi();
  const [isAsking, setAsking] = useState(false);
  const [keys, setKeys] = useState<"keep" | "revoke">("keep");
  const isInvited = user.status === "invited";
  const label = isInvited ? words.takeBack : words.remove;
  const remove = async () => {
    const params = { path: { userId: user.id }, query: { keys } };
    await requireData(api.DELETE("/v1/users/{userId}", { params }));
    setAsking(false);
    await onRemoved();
  };
  return (
    <>
      <button type="button" class="danger" onClick={() => setAsking(true)}>
        {label}
      </button>
      {isAsking && (
        <Dialog title={words.removeTitle(user.email)} onClose={() => setAsking(false)}>
          <p>{isInvited ? words.takeBackConfirm : words.removeConfirm}</p>
          {!isInvited && (
            <label class="check">
              <input
                type="checkbox"
                checked={keys === "revoke"}
                onChange={(event) => setKeys(event.currentTarget.checked ? "revoke" : "keep")}
              />
              {words.revokeKeys}
            </label>
          )}
          <div class="actions">
            <ActionButton label={label} kind="danger" onPress={remove} />
            <button type="button" onClick={() => setAsking(false)}>
              {texts.cancel}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
