import { z } from "zod";
import { signedInSchema } from "#shared/contracts/account.ts";
import { createdKeySchema } from "#shared/contracts/api-key.ts";
import { acceptedMessageSchema, messageSchema } from "#shared/contracts/message.ts";
import { qrCodeSchema, sessionSchema, sessionStatusSchema } from "#shared/contracts/session.ts";
import { call } from "./call.ts";

const ticketSchema = z.object({ ticket: z.string() });

/** The public API, as any program would call it. Answers are checked against their contracts. */
export function publicApi(url: string) {
  const post = (path: string, token?: string, body?: unknown) =>
    call({ method: "POST", url: `${url}${path}`, body, ...(token !== undefined && { token }) });
  const get = (path: string, token: string) => call({ method: "GET", url: `${url}${path}`, token });
  return {
    register: async (email: string, password: string) =>
      signedInSchema.parse(
        await post("/v1/auth/register", undefined, { email, password, name: "Demo" }),
      ),
    createKey: async (accessToken: string) =>
      createdKeySchema.parse(
        await post("/v1/keys", accessToken, {
          name: "demo",
          scopes: ["sessions:read", "sessions:write", "messages:read", "messages:send"],
        }),
      ),
    createTicket: async (key: string) =>
      ticketSchema.parse(await post("/v1/events/ticket", key)).ticket,
    createSession: async (key: string, name: string) =>
      sessionSchema.parse(await post("/v1/sessions", key, { name })),
    connect: (key: string, id: string) => post(`/v1/sessions/${id}/connect`, key),
    qr: async (key: string, id: string) =>
      qrCodeSchema.parse(await get(`/v1/sessions/${id}/qr`, key)),
    status: async (key: string, id: string) =>
      sessionStatusSchema.parse(await get(`/v1/sessions/${id}/status`, key)),
    send: async (key: string, id: string, to: string, body: string) =>
      acceptedMessageSchema.parse(
        await post(`/v1/sessions/${id}/messages`, key, { to, type: "text", text: { body } }),
      ),
    message: async (key: string, id: string, messageId: string) =>
      messageSchema.parse(await get(`/v1/sessions/${id}/messages/${messageId}`, key)),
    disconnect: (key: string, id: string) => post(`/v1/sessions/${id}/disconnect`, key),
  };
}
