import { unlinkDevice } from "../routing/unlink-device.ts";
import { child } from "../stanza/read-node.ts";
import { isQuery, type Query } from "./query.ts";

/** Logout from the companion's side. Only a device of the same account can be removed. */
export const removeCompanion: Query = {
  matches: isQuery("md", "set", "remove-companion-device"),
  answer: ({ world, device, iq }) => {
    const jid = child(iq, "remove-companion-device")?.attrs["jid"];
    const removed = world.accounts.deviceOfJid(jid);
    if (removed?.account !== device.account || removed.id === 0)
      return { error: 404, text: "item-not-found" };
    return [];
  },
  after: ({ world, device, iq }) => {
    const jid = child(iq, "remove-companion-device")?.attrs["jid"];
    const removed = world.accounts.deviceOfJid(jid);
    if (removed && removed.id !== 0 && removed.account === device.account)
      unlinkDevice(world, removed);
  },
};
