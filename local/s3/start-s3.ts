import type { IncomingMessage, ServerResponse } from "node:http";
import { AwsError } from "#local/stand-in/aws-error.ts";
import { type CorsOptions, isPreflight } from "#local/stand-in/cors.ts";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import { createFaults } from "#local/stand-in/faults.ts";
import { startHttpServer } from "#local/stand-in/http-server.ts";
import { faultAfter, faultBefore } from "#local/stand-in/inject-faults.ts";
import { createMeter } from "#local/stand-in/meter.ts";
import type { StandIn, StandInOptions } from "#local/stand-in/stand-in.ts";
import { answerOperation, billedAs } from "./answer-operation.ts";
import { bucketCors } from "./bucket-cors.ts";
import { hoistedHeaders, readRequest, type S3Answer } from "./request.ts";
import { s3Error } from "./s3-error.ts";
import { sendAnswer, toErrorAnswer } from "./send-answer.ts";
import { openStore } from "./store.ts";
import { toOperation } from "./to-operation.ts";
import { type Credentials, verifySignature } from "./verify-signature.ts";

export type S3Options = StandInOptions & {
  /** Created when absent. */
  buckets?: string[];
  /** Every request has to be signed with these. */
  credentials?: Credentials;
  /** What scripts of web pages may do, by bucket; nothing where nothing is said. */
  cors?: Record<string, CorsOptions>;
  clock?: () => number;
};

/** A local S3 with path-style addresses that checks every signature. */
export async function startS3(options: S3Options = {}): Promise<StandIn> {
  const meter = options.meter ?? createMeter();
  const faults = options.faults ?? createFaults();
  const credentials = options.credentials ?? dummyCredentials;
  const clock = options.clock ?? Date.now;
  const store = await openStore(options.dataDir);
  for (const name of options.buckets ?? []) {
    if (!store.buckets.has(name)) store.createBucket(name, clock());
  }

  async function answer(request: IncomingMessage): Promise<S3Answer | "cut"> {
    const signed = readRequest(request);
    await verifySignature(signed, credentials, clock());
    const { bucket, key, query } = signed;
    const headers = { ...hoistedHeaders(query), ...signed.headers };
    const operation = toOperation({ ...signed, headers });
    // Bodies are streamed, so the address is what a rule can match on.
    const matched = `${bucket}/${key}`;
    const fault = await faultBefore(faults, operation, matched);
    if (fault === "refuse") return "cut";
    if (fault === "throttle") throw s3Error("SlowDown");
    const bill = billedAs(operation);
    if (bill) meter.add(`s3.${bill}-requests`);
    meter.add(`s3.${operation}`);
    const call = { store, now: clock(), bucket, key, query, headers, body: request };
    const result = await answerOperation(operation, call);
    if (!faultAfter(faults, operation, matched)) return result;
    result.content?.destroy();
    return "cut";
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const allowed = bucketCors(options.cors ?? {}, request);
    for (const [name, value] of Object.entries(allowed)) response.setHeader(name, value);
    const resource = request.url?.split("?")[0] ?? "/";
    const result = await (isPreflight(request) ? preflight(allowed) : answer(request)).catch(
      (error: unknown) => {
        if (error instanceof AwsError) return toErrorAnswer(error, resource);
        throw error;
      },
    );
    if (result === "cut") response.destroy();
    else await sendAnswer(request, response, result);
  }

  const server = await startHttpServer(handle, options.port);
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= server.stop().then(() => store.close()));
  return { endpoint: server.endpoint, faults, meter, stop, [Symbol.asyncDispose]: stop };
}

async function preflight(allowed: Record<string, string>): Promise<S3Answer> {
  if (Object.keys(allowed).length === 0) throw s3Error("AccessForbidden");
  return {};
}
