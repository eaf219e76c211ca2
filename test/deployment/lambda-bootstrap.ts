// What Lambda runs in front of a function: loads its handler, asks for one event after the other,
// says what came of each. It knows nothing but Lambda's own variables.
import { join } from "node:path";

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

const { AWS_LAMBDA_RUNTIME_API, LAMBDA_TASK_ROOT, _HANDLER } = process.env;
const api = `http://${AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;

function post(path: string, body: unknown): Promise<Response> {
  return fetch(`${api}${path}`, { method: "POST", body: JSON.stringify(body) ?? "null" });
}

function toFailure(error: unknown): { errorType: string; errorMessage: string } {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { errorType: name, errorMessage: message };
}

async function load(): Promise<Handler> {
  const [file = "", name = ""] = (_HANDLER ?? "").split(".");
  const module = (await import(join(LAMBDA_TASK_ROOT ?? "", `${file}.mjs`))) as object;
  const handler: unknown = Object.entries(module).find(([key]) => key === name)?.[1];
  if (typeof handler !== "function") throw new Error(`${_HANDLER} is not a function`);
  return handler as Handler;
}

const handler = await load().catch(async (error: unknown) => {
  await post("/init/error", toFailure(error));
  process.exit(1);
});

for (;;) {
  const next = await fetch(`${api}/invocation/next`);
  const id = next.headers.get("lambda-runtime-aws-request-id") ?? "";
  const deadline = Number(next.headers.get("lambda-runtime-deadline-ms"));
  const event: unknown = await next.json();
  const context = {
    awsRequestId: id,
    functionVersion: "$LATEST",
    invokedFunctionArn: next.headers.get("lambda-runtime-invoked-function-arn"),
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  await handler(event, context).then(
    (result) => post(`/invocation/${id}/response`, result),
    (error: unknown) => post(`/invocation/${id}/error`, toFailure(error)),
  );
}
