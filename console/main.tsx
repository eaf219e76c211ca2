import { QueryCache, QueryClientProvider } from "@tanstack/preact-query";
import { render } from "preact";
import { ApiError } from "#client/api-error.ts";
import { createConsoleApi } from "./access/console-api.ts";
import { readPlaces } from "./access/places.ts";
import { ApiContext } from "./access/use-api.ts";
import { App } from "./app.tsx";
import { ViewQueries } from "./live/view-queries.ts";
import "./style/base.css";
import "./style/parts.css";
import "./style/views.css";
import "./style/insight.css";
import "./style/frame.css";
import "./style/linking.css";

const consoleApi = createConsoleApi(await readPlaces());
const queries = new ViewQueries({
  queryCache: new QueryCache({
    // A sign-in that was ended elsewhere shows itself by the first answer.
    onError: (error, { meta }) => {
      if (meta?.["isOperator"] === true) return;
      if (error instanceof ApiError && error.status === 401) consoleApi.signIn.end();
    },
  }),
  // The client tries again by itself, and events say when something has changed.
  defaultOptions: { queries: { retry: false, staleTime: 5_000 } },
});
const root = document.getElementById("app");
if (!root) throw new Error("the page has no place for the console");
render(
  <QueryClientProvider client={queries}>
    <ApiContext.Provider value={consoleApi}>
      <App />
    </ApiContext.Provider>
  </QueryClientProvider>,
  root,
);
