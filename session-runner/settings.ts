import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { z } from "zod";
import { readConfig } from "#shared/config.ts";
import { environmentNames, environmentSchema, processes } from "#shared/resources/processes.ts";

const bound = environmentSchema(environmentNames(processes.runner));

const milliseconds = (fallback: number) =>
  z.coerce.number("must be milliseconds").int().positive().default(fallback);

/** Settings of the runner alone; each has a default. */
const own = z.object({
  WAFLEET_WORKER_ID: z
    .string()
    .min(1)
    .default(`${hostname()}-${randomBytes(4).toString("hex")}`),
  /** WhatsApp's own when absent. */
  WAFLEET_WHATSAPP_URL: z.url("must be a ws:// or wss:// URL").optional(),
  WAFLEET_WHATSAPP_ROOT_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, "must be 32 bytes in hex: the root key of the server's certificate")
    .optional(),
  /** Where the worker says that it works; nowhere when absent. */
  WAFLEET_HEALTH_SOCKET: z.string().min(1).optional(),
  WAFLEET_PAIRING_ATTEMPTS: z.coerce.number().int().min(1).default(3),
  WAFLEET_PAIRING_WINDOW_MS: milliseconds(300_000),
  WAFLEET_QUERY_TIMEOUT_MS: milliseconds(15_000),
  WAFLEET_ACK_TIMEOUT_MS: milliseconds(20_000),
  /** How long a worker that is to end may take for it; Fargate gives 120 s. */
  WAFLEET_DRAIN_LIMIT_MS: milliseconds(115_000),
});

export type Settings = z.infer<typeof own> & z.infer<typeof bound>;

/** @throws {ConfigError} naming each variable that needs attention */
export function readSettings(): Settings {
  return readConfig(z.object({ ...bound.shape, ...own.shape }));
}
