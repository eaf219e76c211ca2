import { Fault } from "#shared/faults/fault.ts";

/** The name belongs to a session of the account: which, and what can be done about it. */
export function nameTaken(existingSessionId: string): Fault {
  return new Fault("session_name_taken", {
    extra: {
      existingSessionId,
      choices: ["use_existing", "delete_existing", "choose_another_name"],
    },
  });
}
