import { useQueryClient } from "@tanstack/preact-query";
import { Suspense } from "preact/compat";
import { useEffect, useState } from "preact/hooks";
import { Route, Router, Switch } from "wouter-preact";
import { useHashLocation } from "wouter-preact/use-hash-location";
import { useApi } from "./access/use-api.ts";
import { LiveProvider } from "./live/live-provider.tsx";
import { Frame } from "./parts/frame.tsx";
import { texts } from "./texts/texts.ts";
import { SessionView } from "./views/session-view.tsx";
import { SessionsView } from "./views/sessions-view.tsx";
import { SignInView } from "./views/sign-in-view.tsx";

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
          <Suspense fallback={<p role="status">{texts.loading}</p>}>
            <Switch>
              <Route path="/" component={SessionsView} />
              <Route path="/sessions/:sessionId/:tab?">
                {({ sessionId, tab }) => <SessionView sessionId={sessionId} tab={tab} />}
              </Route>
              <Route>
                <p>{texts.nothingHere}</p>
              </Route>
            </Switch>
          </Suspense>
        </Frame>
      </Router>
    </LiveProvider>
  );
}
