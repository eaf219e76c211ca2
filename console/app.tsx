import { useQueryClient } from "@tanstack/preact-query";
import { useEffect, useState } from "preact/hooks";
import { Route, Router, Switch } from "wouter-preact";
import { useHashLocation } from "wouter-preact/use-hash-location";
import { isInvitation } from "./access/invitation.ts";
import { useApi } from "./access/use-api.ts";
import { LiveProvider } from "./live/live-provider.tsx";
import { Frame } from "./parts/frame.tsx";
import { lazyView } from "./parts/lazy-view.tsx";
import { texts } from "./texts/texts.ts";
import { AccountView } from "./views/account-view.tsx";
import { EventsView } from "./views/events-view.tsx";
import { FleetView } from "./views/fleet-view.tsx";
import { InsightView } from "./views/insight-view.tsx";
import { JoinView } from "./views/join-view.tsx";
import { SessionView } from "./views/session-view.tsx";
import { SessionsView } from "./views/sessions-view.tsx";
import { SignInView } from "./views/sign-in-view.tsx";
import { WebhookView } from "./views/webhook-view.tsx";
import { WebhooksView } from "./views/webhooks-view.tsx";

type Place = { sessionId: string; tab?: string; opened?: string };

const TemplatesView = lazyView(() =>
  import("./views/templates/templates-view.tsx").then((found) => found.TemplatesView),
);

/** The sign-in, or the console behind it. */
export function App() {
  const { signIn, operator } = useApi();
  const queries = useQueryClient();
  const [isSignedIn, setSignedIn] = useState(signIn.isSignedIn());
  const [isJoining, setJoining] = useState(isInvitation(window.location.hash));
  useEffect(
    () =>
      signIn.watch(() => {
        // What one account has seen is not the next one's to see.
        if (!signIn.isSignedIn()) {
          queries.clear();
          operator.forget();
        }
        setSignedIn(signIn.isSignedIn());
      }),
    [signIn, operator, queries],
  );
  useEffect(() => {
    // Whoever has the page open may follow an invitation's link in the same tab.
    const look = () => setJoining((is) => is || isInvitation(window.location.hash));
    addEventListener("hashchange", look);
    return () => removeEventListener("hashchange", look);
  }, []);
  const leaveJoining = () => {
    queries.clear();
    setJoining(false);
  };
  if (isJoining) return <JoinView onLeave={leaveJoining} />;
  if (!isSignedIn) return <SignInView onInvited={() => setJoining(true)} />;
  return (
    <LiveProvider>
      <Router hook={useHashLocation}>
        <Frame>
          <Switch>
            <Route path="/" component={SessionsView} />
            <Route<Place> path="/sessions/:sessionId/:tab?/:opened?">
              {({ sessionId, tab, opened }) => (
                <SessionView sessionId={sessionId} tab={tab} opened={opened} />
              )}
            </Route>
            <Route path="/templates">
              <TemplatesView />
            </Route>
            <Route path="/webhooks" component={WebhooksView} />
            <Route path="/webhooks/:webhookId">
              {({ webhookId }) => <WebhookView webhookId={webhookId} />}
            </Route>
            <Route path="/events" component={EventsView} />
            <Route path="/fleet" component={FleetView} />
            <Route path="/insight" component={InsightView} />
            <Route path="/account/:tab?">{({ tab }) => <AccountView tab={tab} />}</Route>
            <Route>
              <p>{texts.nothingHere}</p>
            </Route>
          </Switch>
        </Frame>
      </Router>
    </LiveProvider>
  );
}
