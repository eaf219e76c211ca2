import { request as ask } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { startHttpServer } from "#local/stand-in/http-server.ts";
import { buildConsole } from "./build-console.ts";
import { readConsoleFile } from "./console-files.ts";
import { consoleHeaders, consolePolicy } from "#shared/console-headers.ts";

export type ConsoleOptions = {
  port?: number;
  apiUrl: string;
  socketUrl: string;
  /** The simulator's door, when there is one: the page then has simulated phones. */
  controlUrl?: string | null;
  /** Where uploads go and downloads come from. */
  mediaUrl?: string;
};

/** Serves the console, as CloudFront would: files, their headers, and where the API is. */
export async function startConsole(options: ConsoleOptions) {
  const { apiUrl, socketUrl, controlUrl = null, mediaUrl } = options;
  const folder = await buildConsole();
  const showsFrom = mediaUrl === undefined ? [] : [mediaUrl];
  const headers = {
    ...consoleHeaders,
    "content-security-policy": consolePolicy({
      talksTo: [apiUrl, socketUrl, ...showsFrom],
      showsFrom,
    }),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  };
  const places = JSON.stringify({ apiUrl, socketUrl, hasSimulator: controlUrl !== null });

  const server = await startHttpServer(async (request, response) => {
    const [path = "/"] = (request.url ?? "/").split("?");
    if (controlUrl !== null && path.startsWith("/control/"))
      return pass(controlUrl, request, response);
    const send = (status: number, type: string, cache: string, body: string | Buffer) =>
      response
        .writeHead(status, { ...headers, "content-type": type, "cache-control": cache })
        .end(body);
    if (path === "/places.json") return void send(200, "application/json", "no-store", places);
    const file = await readConsoleFile(folder, path);
    if (!file) return void send(404, "text/plain", "no-store", "There is nothing here.");
    send(200, file.type, file.isForever ? "max-age=31536000, immutable" : "no-cache", file.body);
  }, options.port);
  const stop = () => server.stop();
  return { url: server.endpoint, stop, [Symbol.asyncDispose]: stop };
}

/** To the simulator, which the page may not call itself: it is of another origin. */
function pass(controlUrl: string, request: IncomingMessage, response: ServerResponse): void {
  const { method, url = "/", headers } = request;
  const onward = ask(new URL(url, controlUrl), {
    method,
    headers: { "content-type": headers["content-type"] },
  });
  onward.on("response", (answer) => {
    response.writeHead(answer.statusCode ?? 502, { "content-type": "application/json" });
    answer.pipe(response);
  });
  onward.on("error", () => response.writeHead(502).end());
  request.pipe(onward);
}
