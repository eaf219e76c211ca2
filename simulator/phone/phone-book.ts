import type { GroupInfo, PhoneOptions } from "../simulator.ts";
import { announceNewGroup } from "../routing/announce-group-change.ts";
import type { World } from "../world.ts";
import { connectPhone, disconnectPhone } from "./connect-phone.ts";
import { createPhoneState, restorePhoneState } from "./open-phone.ts";
import { toPhone, type Phone } from "./phone.ts";
import type { PhoneState } from "./phone-state.ts";

const numberPattern = /^[1-9]\d{6,14}$/;

const digits = (world: World, count: number): string =>
  Array.from(world.random(count), (byte) => String(byte % 10)).join("");

const freeNumber = (world: World): string => {
  for (;;) {
    const number = `1555${digits(world, 7)}`;
    if (!world.accounts.ofNumber(number)) return number;
  }
};

const freeLid = (world: World): string => {
  for (;;) {
    const lid = `1${digits(world, 14)}`;
    if (!world.accounts.ofJid(`${lid}@lid`)) return lid;
  }
};

/** Every phone of one server, those from disk included. */
export const openPhoneBook = async (world: World) => {
  const states = new Map<string, PhoneState>();
  const phones = new Map<string, Phone>();
  const enter = (state: PhoneState): Phone => {
    const phone = toPhone(state);
    states.set(phone.number, state);
    phones.set(phone.number, phone);
    return phone;
  };

  for (const account of world.accounts.all()) enter(restorePhoneState(world, account));
  // All are there before any goes online: what waits for one may come from another.
  for (const state of states.values()) await connectPhone(state);

  return {
    all: (): Phone[] => [...phones.values()],
    find: (number: string): Phone | undefined => phones.get(number.replace(/^\+/, "")),
    create: async (options: PhoneOptions = {}): Promise<Phone> => {
      const number = options.phone?.replace(/^\+/, "") ?? freeNumber(world);
      if (!numberPattern.test(number))
        throw new Error(`${number} is not a phone number: give 7 to 15 digits, without + or 0`);
      if (phones.has(number)) throw new Error(`phone ${number} exists already: use it`);
      const {
        autoReceipts = true,
        autoRead = false,
        decrypt = true,
        passkey,
        sync = "inline",
      } = options;
      const name = options.name ?? `Phone ${number.slice(-4)}`;
      const settings = { autoReceipts, autoRead, decrypt, passkey };
      // An account must not reach the disk without its keys.
      const state = world.store.transaction(() =>
        createPhoneState(
          world,
          world.accounts.create(number, freeLid(world), name, sync),
          settings,
        ),
      );
      await connectPhone(state);
      return enter(state);
    },
    createGroup: ({ subject, members }: { subject: string; members: string[] }): GroupInfo => {
      const [creator, ...others] = members.map((member) => member.replace(/^\+/, ""));
      const missing = [creator, ...others].find((number) => !phones.has(number ?? ""));
      if (creator === undefined || missing !== undefined)
        throw new Error(
          `a group needs members that exist: create a phone for ${missing ?? "one first"}`,
        );
      const group = world.groups.create(subject, creator, others);
      const author = states.get(creator)?.device;
      if (author) announceNewGroup(world, group, author);
      return group;
    },
    /** Takes every phone offline and waits for what it is doing. */
    settle: async (): Promise<void> => {
      for (const state of states.values()) {
        disconnectPhone(state);
        await state.inTurn(async () => {});
      }
    },
  };
};
