import { socketRequestSchema } from "#shared/contracts/socket.ts";
import type { SocketRequest } from "#shared/contracts/socket.ts";
import { Fault } from "#shared/faults/fault.ts";
import { badFields } from "#shared/faults/problem.ts";

/** One of the things that a client may ask for. */
export type RequestFor<Action extends SocketRequest["action"]> = Extract<
  SocketRequest,
  { action: Action }
>;

/** @throws {Fault} that says what is wrong with what the client sent */
export function parseRequest(text: string | undefined): SocketRequest {
  const result = socketRequestSchema.safeParse(parseJson(text ?? ""));
  if (result.success) return result.data;
  throw new Fault("validation_failed", { fields: badFields(result.error) });
}

/** The `request` of what the client sent, if it can be made out. */
export function requestOf(text: string | undefined): string | undefined {
  try {
    const { request } = JSON.parse(text ?? "") as { request?: unknown };
    return typeof request === "string" ? request.slice(0, 64) : undefined;
  } catch {
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Fault("malformed_json", { detail: 'Send a JSON text like {"action":"subscribe"}.' });
  }
}
