import { commandIds } from "#shared/contracts/command.ts";
import type { Command } from "#shared/contracts/command.ts";
import type { Metrics } from "#shared/metrics/create-metrics.ts";
import type { Logger } from "pino";

/** For queues of commands: the first line of a command's way, and the count of messages. */
export function noteCommands(log: Logger, metrics?: Metrics): (command: Command) => void {
  return (command) => {
    log.debug(commandIds(command), "command was sent");
    if (command.type !== "message.send.v1") return;
    metrics?.add("MessagesAccepted");
    metrics?.flush();
  };
}
