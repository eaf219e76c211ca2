import { useQueryClient } from "@tanstack/preact-query";
import { useEffect, useState } from "preact/hooks";
import { Route, Router, Switch } from "wouter-preact";
import { useHashLocation } from "wouter-preact/use-hash-location";
import { useApi } from "./access/use-api.ts";
import { LiveProvider } from "./live/live-provider.tsx";
import { Frame } from "./parts/frame.tsx";
import { texts } from "./texts/texts.ts";
import { AuditView } from "./views/audit-view.tsx";
import { EventsView } from "./views/events-view.tsx";
import { KeysView } from "./views/keys-view.tsx";
import { SessionView } from "./views/session-view.tsx";
import { SessionsView } from "./views/sessions-view.tsx";
import { SignInView } from "./views/sign-in-view.tsx";
import { WebhookView } from "./views/webhook-view.tsx";
import { WebhooksView } from "./views/webhooks-view.tsx";

/** The sign-in, or the console behind it. */
export function App() {
  const { signIn } = useApi();
  const queries = useQueryClient();
  const [isSignedIn, setSignedIn] = useState(signIn.isSignedIn());
  useEffect(
    () =>
      signIn.watch(() => {
        // What one account has seen is not the next one's to see.
        if (!signIn.isSignedIn()) queries.clear();
        setSignedIn(signIn.isSignedIn());
      }),
    [signIn, queries],
  );
  if (!isSignedIn) return <SignInView />;
  return (
    <LiveProvider>
      <Router hook={useHashLocation}>
        <Frame>
          <Switch>
            <Route path="/" component={SessionsView} />
            <Route path="/sessions/:sessionId/:tab?">
              {({ sessionId, tab }) => <SessionView sessionId={sessionId} tab={tab} />}
            </Route>
            <Route path="/webhooks" component={WebhooksView} />
            <Route path="/webhooks/:webhookId">
              {({ webhookId }) => <WebhookView webhookId={webhookId} />}
            </Route>
            <Route path="/keys" component={KeysView} />
            <Route path="/events" component={EventsView} />
            <Route path="/audit" component={AuditView} />
            <Route>
              <p>{texts.nothingHere}</p>
            </Route>
          </Switch>
        </Frame>
      </Router>
    </LiveProvider>
  );
}
