import { useMe } from "../live/use-me.ts";
import { Problem } from "../parts/problem.tsx";
import { TimeOf } from "../parts/time-of.tsx";
import { texts } from "../texts/texts.ts";
import { ChangePassword } from "./change-password.tsx";

const words = texts.account;

export function ProfileView() {
  const { data, error } = useMe();
  if (!data) return error ? <Problem error={error} /> : <p role="status">{texts.loading}</p>;
  const { account, user } = data;
  return (
    <div class="columns">
      <div>
        {user && (
          <section class="card" aria-labelledby="you">
            <h2 id="you">{words.you}</h2>
            <dl>
              <dt>{words.email}</dt>
              <dd>{user.email}</dd>
              <dt>{words.role}</dt>
              <dd>
                {words.roles[user.role]}: {words.may[user.role]}
              </dd>
              <dt>{words.since}</dt>
              <dd>
                <TimeOf at={user.createdAt} />
              </dd>
            </dl>
          </section>
        )}
        <section class="card" aria-labelledby="account">
          <h2 id="account">{words.name}</h2>
          <dl>
            <dt>{words.name}</dt>
            <dd>{account.name}</dd>
            <dt>{words.id}</dt>
            <dd>
              <code>{account.id}</code>
            </dd>
            <dt>{words.plan}</dt>
            <dd>
              {account.tier}, {words.sessions(account.sessionLimit)}
            </dd>
            <dt>{words.since}</dt>
            <dd>
              <TimeOf at={account.createdAt} />
            </dd>
          </dl>
        </section>
      </div>
      <ChangePassword email={user?.email ?? ""} />
    </div>
  );
}
