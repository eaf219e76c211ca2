import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { AwsError } from "#local/stand-in/aws-error.ts";
import type { S3Answer } from "./request.ts";
import { toXml } from "./xml.ts";

/** Answers with an error in S3's form: XML, except where HTTP allows no body. */
export function toErrorAnswer(error: AwsError, resource: string): S3Answer {
  if (error.status === 304) return { status: 304 };
  return {
    status: error.status,
    xml: toXml("Error", { Code: error.code, Message: error.message, Resource: resource }),
  };
}

export async function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: S3Answer,
): Promise<void> {
  // What is left of a refused upload has to be read, or the client never gets to the answer.
  if (!request.complete) request.resume();
  const body = Buffer.from(answer.xml ?? "");
  response.statusCode = answer.status ?? 200;
  response.setHeader("x-amz-request-id", randomUUID());
  if (answer.xml !== undefined) response.setHeader("content-type", "application/xml");
  if (response.statusCode !== 204) response.setHeader("content-length", body.length);
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  if (!answer.content) {
    response.end(request.method === "HEAD" ? undefined : body);
    return;
  }
  // The client going away in the middle of a download is not the server's failure.
  await pipeline(answer.content, response).catch(() => response.destroy());
}
