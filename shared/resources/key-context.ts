/**
 * The encryption context of a session's data key, checked by the key's policy. AWS logs it in plain
 * text: ids only, never a phone number.
 */
export const keyPurpose = "session-journal";

export function keyContext(sessionId: string): { purpose: string; sessionId: string } {
  return { purpose: keyPurpose, sessionId };
}
