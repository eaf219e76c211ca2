import { parseArgs } from "node:util";
import { z } from "zod";
import { StartError } from "./start-error.ts";

export const usage = `usage: npm start -- [options]
  --port N              port of the HTTP API (4600)
  --socket-port N       port of the WebSocket API (4601)
  --console-port N      port of the console (4602)
  --simulator-port N    port of the simulated WhatsApp (4700)
  --data DIR            folder that keeps everything (.wafleet)
  --workers N           runner processes (1); auto: as many as there is need for, none at rest
  --shards N            slices of sessions that runners share out (4)
  --whatsapp KIND       simulator or live (simulator)
  --log-level LEVEL     trace, debug, info, warn, error or silent (warn)
  --reset               delete what the data folder holds, then start
  --help                this text`;

const port = z.coerce
  .number("must be a port: 0 to 65535, where 0 takes a free one")
  .int("must be a port: 0 to 65535, where 0 takes a free one")
  .min(0, "must be a port: 0 to 65535, where 0 takes a free one")
  .max(65_535, "must be a port: 0 to 65535, where 0 takes a free one");

const whole = (least: number, most: number) => {
  const rule = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number(rule).int(rule).min(least, rule).max(most, rule);
};

const schema = z.object({
  port,
  "socket-port": port,
  "console-port": port,
  "simulator-port": port,
  data: z.string().min(1, "must name a folder"),
  workers: z.union(
    [z.literal("auto"), whole(0, 16)],
    "must be auto or a whole number from 0 to 16",
  ),
  shards: whole(1, 256),
  whatsapp: z.enum(["simulator", "live"], "must be simulator or live"),
  "log-level": z.enum(
    ["trace", "debug", "info", "warn", "error", "silent"],
    "must be trace, debug, info, warn, error or silent",
  ),
  reset: z.boolean(),
  help: z.boolean(),
});

export type Arguments = z.infer<typeof schema>;

/** @throws {StartError} that names each flag that is wrong and the form it must have */
export function readArguments(args: string[]): Arguments {
  const result = schema.safeParse(parse(args));
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path, message }) => `--${path.join(".")} ${message}`);
  throw new StartError(`${lines.join("\n")}\n\n${usage}`);
}

function parse(args: string[]): Record<string, unknown> {
  const text = (fallback: string) => ({ type: "string", default: fallback }) as const;
  const flag = { type: "boolean", default: false } as const;
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: text("4600"),
        "socket-port": text("4601"),
        "console-port": text("4602"),
        "simulator-port": text("4700"),
        data: text(".wafleet"),
        workers: text("1"),
        shards: text("4"),
        whatsapp: text("simulator"),
        "log-level": text("warn"),
        reset: flag,
        help: flag,
      },
    });
    return values;
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}
