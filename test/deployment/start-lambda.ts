import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { LambdaAsset } from "./synth-assets.ts";

type Failure = { errorType: string; errorMessage: string };

export type DeployedLambda = AsyncDisposable & {
  /** Its result; rejects with what the function threw, or did not load for. */
  invoke(event: unknown): Promise<unknown>;
};

const bootstrap = fileURLToPath(new URL("lambda-bootstrap.ts", import.meta.url));
const limitMs = 30_000;

/**
 * Runs one asset as Lambda does: in a process with nothing but its variables, which fetches its
 * events from the Runtime API.
 */
export async function startLambda(
  { folder, handler }: LambdaAsset,
  variables: Record<string, string>,
): Promise<DeployedLambda> {
  const next = Promise.withResolvers<unknown>();
  const answer = Promise.withResolvers<unknown>();
  // Nobody may be waiting when the process ends.
  answer.promise.catch(() => undefined);
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    if (path.endsWith("/invocation/next")) {
      // One event a process is enough: a second request is left to wait.
      void next.promise.then((event) =>
        response
          .setHeader("lambda-runtime-aws-request-id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd")
          .setHeader("lambda-runtime-deadline-ms", Date.now() + limitMs)
          .end(JSON.stringify(event)),
      );
      return;
    }
    void json(request).then((body) => {
      response.writeHead(202).end();
      if (path.endsWith("/response")) return answer.resolve(body);
      const { errorType, errorMessage } = body as Failure;
      return answer.reject(new Error(`${errorType}: ${errorMessage}`));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const child = spawn(process.execPath, [bootstrap], {
    cwd: folder,
    env: {
      ...variables,
      _HANDLER: handler,
      LAMBDA_TASK_ROOT: folder,
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let printed = "";
  child.stderr.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  child.once("close", () => answer.reject(new Error(`the function's process ended: ${printed}`)));
  return {
    invoke(event) {
      next.resolve(event);
      return answer.promise;
    },
    async [Symbol.asyncDispose]() {
      const closed = child.exitCode === null ? once(child, "close") : undefined;
      child.kill("SIGKILL");
      await closed;
      server.closeAllConnections();
      server.close();
    },
  };
}
