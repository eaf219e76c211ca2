import { z } from "zod";

/** Hop-by-hop headers, those that the request itself needs, and those that a signature rests on. */
const refused =
  /^(?:connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|host|content-.*|proxy-.*|sec-.*|user-agent|date|cookie|webhook-.*|svix-.*)$/i;

const nameSchema = z
  .string()
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/, "must be the name of an HTTP header")
  .refine((name) => !refused.test(name), "is a header that we set ourselves or must not pass on");

const valueSchema = z
  .string()
  .regex(/^[\x20-\x7e]{1,1024}$/, "must be 1 to 1,024 ASCII characters");

export const webhookHeadersSchema = z
  .record(nameSchema, valueSchema)
  .refine((headers) => Object.keys(headers).length <= 20, "must be at most 20 headers");
