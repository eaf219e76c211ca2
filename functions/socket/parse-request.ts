import { socketRequestSchema } from "#shared/contracts/socket.ts";
import type { SocketRequest } from "#shared/contracts/socket.ts";
import { Fault } from "#shared/faults/fault.ts";
import { badFields } from "#shared/faults/problem.ts";

/** @throws {Fault} that says what is wrong with what the client sent */
export function parseRequest(text: string | undefined): SocketRequest {
  const result = socketRequestSchema.safeParse(parseJson(text ?? ""));
  if (result.success) return result.data;
  throw new Fault("validation_failed", { fields: badFields(result.error) });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Fault("malformed_json", { detail: 'Send a JSON text like {"action":"subscribe"}.' });
  }
}
