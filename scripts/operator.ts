// `npm run operator -- set-tier acc_… pro`: what operators of a deployment may do, by its public API.
import { parseArgs } from "node:util";
import { findDeployment } from "./operator/find-deployment.ts";
import { OperatorError } from "./operator/operator-error.ts";
import { toRequest, usage } from "./operator/to-request.ts";

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { data: { type: "string", default: ".wafleet" } },
  });
  const { method, path, body } = toRequest(positionals);
  const { apiUrl, secret } = await findDeployment(values.data);
  const response = await fetch(`${apiUrl.replace(/\/$/, "")}${path}`, {
    method,
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  console.log(JSON.stringify(await response.json(), undefined, 2));
  if (!response.ok) process.exitCode = 1;
} catch (error) {
  const isMisuse = error instanceof TypeError && "code" in error;
  if (!(error instanceof OperatorError) && !isMisuse) throw error;
  console.error(isMisuse ? `${error.message}\n\n${usage}` : error.message);
  process.exitCode = 2;
}
