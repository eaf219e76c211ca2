import type { Device } from "../accounts/account.ts";
import { answerQuery } from "../queries/answer-query.ts";
import { routeCall } from "../routing/route-call.ts";
import { routeChatState } from "../routing/route-chat-state.ts";
import { routeMessage } from "../routing/route-message.ts";
import { routePresence } from "../routing/route-presence.ts";
import { routeReceipt } from "../routing/route-receipt.ts";
import { settleByAck } from "../routing/settle.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import type { World } from "../world.ts";
import type { Channel } from "./channel.ts";

/** Where each kind of stanza from a logged-in companion goes. */
export const receiveFromDevice = (
  world: World,
  channel: Channel,
  device: Device,
  node: BinaryNode,
): void => {
  switch (node.tag) {
    case "iq":
      return answerQuery(world, channel, device, node);
    case "message":
      return routeMessage(world, device, node);
    case "receipt":
      return routeReceipt(world, device, node);
    case "ack":
      return settleByAck(world, device, node);
    case "chatstate":
      return routeChatState(world, device, node);
    case "presence":
      return routePresence(world, device, node);
    case "call":
      return routeCall(world, device, node);
    default:
      // Telemetry concerns nobody here; it is in the history.
      return undefined;
  }
};
