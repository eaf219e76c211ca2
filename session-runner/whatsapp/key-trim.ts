/** Archived sessions kept beside the open one, for messages still under way; libsignal keeps 40. */
const archivedLimit = 4;

type SessionRecord = {
  _sessions?: Record<string, { indexInfo: { closed: number; used: number } }>;
  version: string;
};

/** A Signal session record grows by 870 bytes at each refresh of a contact's devices. */
export function trimSession(value: unknown): unknown {
  const record = value as SessionRecord;
  const all = Object.entries(record._sessions ?? {});
  if (all.length <= archivedLimit + 1) return record;
  const open = all.filter(([, session]) => session.indexInfo.closed === -1);
  const archived = all
    .filter(([, session]) => session.indexInfo.closed !== -1)
    .sort(([, a], [, b]) => b.indexInfo.closed - a.indexInfo.closed)
    .slice(0, archivedLimit);
  return { ...record, _sessions: Object.fromEntries([...open, ...archived]) };
}

type SenderKeyState = {
  senderSigningKey?: { private?: unknown };
  senderMessageKeys?: unknown[];
};

/**
 * libsignal stores each own message key that it steps over, 167 bytes a group send. Nobody decrypts
 * their own group messages, so a record with our private signing key needs none of them.
 */
export function trimSenderKey(json: string): string {
  const states = JSON.parse(json) as SenderKeyState[];
  if (!Array.isArray(states)) return json;
  const trimmed = states.map((state) =>
    hasBytes(state.senderSigningKey?.private) && state.senderMessageKeys?.length
      ? { ...state, senderMessageKeys: [] }
      : state,
  );
  return JSON.stringify(trimmed);
}

/** Bytes as JSON has them: base64 text, `{type: "Buffer", data}` or an array. */
function hasBytes(value: unknown): boolean {
  if (typeof value === "string") return value.length > 0;
  if (typeof value !== "object" || value === null) return false;
  const { data } = value as { data?: string | unknown[] };
  return data === undefined ? Object.keys(value).length > 0 : data.length > 0;
}
