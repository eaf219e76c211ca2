import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { toXml } from "#local/s3/xml.ts";
import { AwsError } from "#local/stand-in/aws-error.ts";
import { createFaults } from "#local/stand-in/faults.ts";
import { startHttpServer } from "#local/stand-in/http-server.ts";
import { faultAfter, faultBefore } from "#local/stand-in/inject-faults.ts";
import { createMeter } from "#local/stand-in/meter.ts";
import { readBody } from "#local/stand-in/read-body.ts";
import type { StandIn, StandInOptions } from "#local/stand-in/stand-in.ts";

export type StsOptions = StandInOptions & {
  /** Whether a role's trust lets us take it on; all do when absent. */
  trusts?: (roleArn: string, externalId: string | null) => boolean;
};

const namespace = "https://sts.amazonaws.com/doc/2011-06-15/";
const hourMs = 3_600_000;

/** Starts a local STS, which hands out the credentials of roles: AssumeRole alone. */
export async function startSts(options: StsOptions = {}): Promise<StandIn> {
  const { faults = createFaults(), meter = createMeter(), trusts = () => true } = options;
  const server = await startHttpServer(async (request, response) => {
    const body = (await readBody(request)).toString("utf8");
    const input = new URLSearchParams(body);
    const operation = input.get("Action") ?? "";
    const fault = await faultBefore(faults, operation, body);
    if (fault === "refuse") return void request.socket.destroy();
    meter.add("sts.requests");
    meter.add(`sts.${operation}`);
    try {
      if (fault === "throttle") throw new AwsError("Throttling", "Rate exceeded");
      const answer = assumeRole(input, operation, trusts);
      if (faultAfter(faults, operation, body)) return void request.socket.destroy();
      send(response, 200, answer);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      send(response, error.status, toErrorText(error));
    }
  }, options.port);
  const stop = () => server.stop();
  return { endpoint: server.endpoint, faults, meter, stop, [Symbol.asyncDispose]: stop };
}

function assumeRole(
  input: URLSearchParams,
  operation: string,
  trusts: NonNullable<StsOptions["trusts"]>,
): string {
  if (operation !== "AssumeRole") {
    throw new AwsError("InvalidAction", `The local stand-in has no "${operation}".`);
  }
  const roleArn = require(input, "RoleArn");
  const session = require(input, "RoleSessionName");
  if (!trusts(roleArn, input.get("ExternalId"))) {
    const message = `User is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
    throw new AwsError("AccessDenied", message, { status: 403 });
  }
  const seconds = Number(input.get("DurationSeconds") ?? hourMs / 1000);
  const expiration = new Date(Date.now() + seconds * 1000).toISOString();
  const arn = roleArn.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/");
  const result = {
    AssumedRoleUser: { Arn: `${arn}/${session}`, AssumedRoleId: `AROALOCAL:${session}` },
    Credentials: {
      AccessKeyId: `ASIA${randomUUID().replaceAll("-", "").slice(0, 16).toUpperCase()}`,
      SecretAccessKey: randomUUID(),
      SessionToken: randomUUID(),
      Expiration: expiration,
    },
  };
  const content = { AssumeRoleResult: result, ResponseMetadata: { RequestId: randomUUID() } };
  return toXml("AssumeRoleResponse", content, namespace);
}

function require(input: URLSearchParams, name: string): string {
  const value = input.get(name);
  if (value) return value;
  throw new AwsError("ValidationError", `1 validation error detected: ${name} must not be null`);
}

function toErrorText({ code, message }: AwsError): string {
  const content = {
    Error: { Type: "Sender", Code: code, Message: message },
    RequestId: randomUUID(),
  };
  return toXml("ErrorResponse", content, namespace);
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { "content-type": "text/xml" }).end(body);
}
