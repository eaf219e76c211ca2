// The API's commands, each in the queue of its session's shard.
import { commandGroup } from "#shared/contracts/command.ts";
import type { Command } from "#shared/contracts/command.ts";
import type { Session } from "./session.ts";
import type { SimulatedQueue } from "./simulated-queue.ts";
import type { World } from "./world.ts";

export type CommandSender = {
  /** What every command about a session says, with a request of its own. */
  base(session: Session): { sessionId: string; accountId: string; requestId: string };
  /** The queue drops a second command of the same `once` within five minutes. */
  send(session: Session, command: Command, once?: string): void;
};

export function createCommandSender(world: World, queues: SimulatedQueue[]): CommandSender {
  let requests = 0;
  return {
    base({ sessionId, accountId }) {
      requests += 1;
      return { sessionId, accountId, requestId: `r${requests}` };
    },
    send({ sessionId, shard }, command, once = command.requestId) {
      const about = "whatsappId" in command ? ` ${command.whatsappId} ${command.messageId}` : "";
      world.note(`user: ${command.type} for ${sessionId.slice(-4)}${about}`);
      queues[shard]?.send(JSON.stringify(command), commandGroup(command), once);
    },
  };
}
