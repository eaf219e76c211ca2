import type { UserFacingSocketConfig } from "@whiskeysockets/baileys";
import { expect } from "vitest";
import type { Phone } from "#simulator/phone/phone.ts";
import { startSimulator } from "#simulator/start-simulator.ts";
import { openDevice } from "./baileys-client.ts";

export const jidOf = (phone: Phone): string => `${phone.number}@s.whatsapp.net`;

/** A phone with an open Baileys device, a contact's phone, and a group of both. */
export const startTwoSides = async (config: Partial<UserFacingSocketConfig> = {}) => {
  const errors: unknown[] = [];
  const simulator = await startSimulator({ onProtocolError: (error) => errors.push(error) });
  const own = await simulator.createPhone({ name: "Ada" });
  const contact = await simulator.createPhone({ name: "Grace" });
  const group = simulator.createGroup({
    subject: "Both",
    members: [own.number, contact.number],
  });
  const device = await openDevice(simulator, own, config);
  /** Each chat as the device and as the contact's phone address it. */
  const chats = [
    { name: "1:1", forDevice: jidOf(contact), forContact: own.number },
    { name: "group", forDevice: group.jid, forContact: group.jid },
  ] as const;
  return {
    simulator,
    own,
    contact,
    group,
    device,
    chats,
    [Symbol.asyncDispose]: async (): Promise<void> => {
      await device.close();
      await simulator.stop();
      // What goes wrong on a phone goes nowhere else.
      expect(errors).toEqual([]);
    },
  };
};
