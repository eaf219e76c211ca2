import type { scopes } from "#client/generated/scopes.ts";

type Scope = (typeof scopes)[number];

const scopeAbout: Record<Scope, string> = {
  "sessions:read": "see sessions, their states and codes",
  "sessions:write": "make, connect, change and delete sessions",
  "messages:read": "read messages, chats, groups and events",
  "messages:send": "send, and change what was sent",
  "webhooks:write": "see and change webhooks",
  "account:read": "see the account, its users and usage",
  "account:admin": "keys, users and audit: as much as an owner's sign-in",
};

export const keys = {
  about: "What programs sign in with. A key belongs to the account, not to a person.",
  none: "No key yet.",
  newTitle: "New key",
  made: "The key:",
  name: "What it is for",
  nameHint: "For yourself, for example “Web shop”.",
  scopes: "What it may do",
  scopeAbout,
  session: "For which session",
  anySession: "All sessions",
  life: "Ends",
  lives: {
    never: "Never",
    month: "In 30 days",
    quarter: "In 90 days",
    year: "In a year",
    own: "At another time…",
  },
  until: "When it ends",
  columns: {
    name: "Name",
    scopes: "May",
    session: "Sessions",
    lastUsedAt: "Last used",
    expiresAt: "Ends",
    actions: "Actions",
  },
  rotate: "Rotate",
  rotateTitle: (name: string) => `Give “${name}” a new secret?`,
  rotateAbout: "The new key is shown once, and may do the same. Put it where the old one is used.",
  overlap: "The old one works for",
  overlaps: {
    none: "no longer: it ends at once",
    hour: "another hour",
    day: "another day",
    week: "another week",
    month: "another 30 days",
  },
  revoke: "Revoke",
  revokeConfirm: (name: string) =>
    `Whatever uses “${name}” is refused from now on, and its WebSockets are closed.`,
};
