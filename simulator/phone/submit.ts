import { phoneJidOf } from "../accounts/account.ts";
import { routeMessage } from "../routing/route-message.ts";
import { routeReceipt } from "../routing/route-receipt.ts";
import { settleByAck } from "../routing/settle.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import type { PhoneState } from "./phone-state.ts";

const phoneConnection = 0;

/** Gives the server a stanza of the phone's, which has no socket but the same rules as a client. */
export const submit = ({ world, device }: PhoneState, node: BinaryNode): void => {
  world.history.record({
    direction: "in",
    device: phoneJidOf(device),
    connection: phoneConnection,
    node,
  });
  if (node.tag === "message") routeMessage(world, device, node);
  if (node.tag === "receipt") routeReceipt(world, device, node);
  if (node.tag === "ack") settleByAck(world, device, node);
};

/** Confirms a receipt, a notification or a message without telling its author anything. */
export const acknowledge = (phone: PhoneState, node: BinaryNode): void => {
  const { id = "", from = "", type } = node.attrs;
  submit(phone, {
    tag: "ack",
    attrs: { id, to: from, class: node.tag, ...(type === undefined ? {} : { type }) },
  });
};
