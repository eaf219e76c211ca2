import type { User } from "../live/use-me.ts";

const roles: Record<User["role"], string> = { owner: "owner", admin: "admin", member: "member" };

export const account = {
  title: "Account",
  tabsLabel: "About this account",
  tabs: { profile: "Profile", users: "Users", keys: "API keys", audit: "Audit" },
  you: "You",
  email: "E-mail",
  role: "Role",
  name: "Account",
  id: "Id",
  plan: "Plan",
  sessions: (limit: number) => `up to ${limit} sessions`,
  since: "Since",
  roles,
  may: {
    owner: "may do everything",
    admin: "may do everything, but not to owners",
    member: "may work with sessions, messages and webhooks, and see usage",
  } satisfies Record<User["role"], string>,
  password: "Change your password",
  passwordAbout:
    "Your other sign-ins, in other browsers and on other devices, end at once. This one goes on, and API keys are not touched.",
  current: "Present password",
  next: "New password",
  change: "Change the password",
  changed: "The password is changed. Your other sign-ins have ended.",
};

export const users = {
  about: "Who may sign in to this account.",
  none: "Nobody.",
  columns: { email: "E-mail", role: "Role", status: "State", since: "Since", actions: "Actions" },
  status: { active: "active", invited: "invited" },
  you: "(you)",
  roleOf: (email: string) => `Role of ${email}`,
  remove: "Remove",
  takeBack: "Take back",
  removeTitle: (email: string) => `Remove ${email}?`,
  removeConfirm:
    "They are signed out everywhere at once and cannot sign in again. What they made stays.",
  takeBackConfirm: "The invitation's link works no longer.",
  revokeKeys: "Also revoke the API keys whose secret they were shown",
  inviteTitle: "Invite somebody",
  inviteAbout:
    "No e-mail is sent: you get a link, and hand it over yourself. Whoever opens it joins as this person.",
  invite: "Make an invitation",
  link: (email: string) => `The invitation of ${email}:`,
  onlyAdmins: "Owners and admins invite and remove people.",
  join: {
    title: "Join an account",
    about: "Somebody has invited you. Choose a password, and you are signed in.",
    token: "Invitation",
    tokenHint: "The link or the text that you were given.",
    submit: "Join",
    to: "Have an invitation?",
  },
};
