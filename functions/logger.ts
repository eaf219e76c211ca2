import { pino } from "pino";
import type { Logger } from "pino";

/** What never belongs in a log line, should a caller pass it by mistake. */
const secrets = ["authorization", "password", "token", "ticket", "key", "qr", "body", "text"];

/** The process's one logger; `area` names the Lambda. */
export function createLogger(area: string, level: string): Logger {
  return pino({
    level,
    base: { area },
    redact: { paths: secrets.flatMap((name) => [name, `*.${name}`]), censor: "[redacted]" },
  });
}
