import { tabOf, Tabs } from "../parts/tabs.tsx";
import { texts } from "../texts/texts.ts";
import { AuditView } from "./audit-view.tsx";
import { KeysView } from "./keys-view.tsx";
import { ProfileView } from "./profile-view.tsx";
import { UsersView } from "./users-view.tsx";

const words = texts.account;

/** What belongs to the account and not to a session: people, keys, and who did what. */
export function AccountView({ tab }: { tab: string | undefined }) {
  const shown = tabOf(words.tabs, tab);
  return (
    <>
      <h1>{words.title}</h1>
      <Tabs label={words.tabsLabel} base="/account" tabs={words.tabs} shown={shown} />
      {shown === "profile" && <ProfileView />}
      {shown === "users" && <UsersView />}
      {shown === "keys" && <KeysView />}
      {shown === "audit" && <AuditView />}
    </>
  );
}
