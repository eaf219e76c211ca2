import type { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import { proto as protobuf } from "@whiskeysockets/baileys/WAProto/index.js";
import type { Account } from "../accounts/account.ts";
import type { StateStore } from "../accounts/state-store.ts";
import { acceptPatch, appendMutations, emptyCollection, type Collection } from "./collection.ts";
import { openMutation, sealAction, type Action, type SyncKey } from "./mutations.ts";

type Saved = { key: SyncKey; collections: Collection[] };

/** The state that the devices of one account share: chats archived, muted, read; contacts. */
export type AppState = {
  key: SyncKey;
  collection(name: string): Collection;
  /** Takes a device's patch; throws when it does not fit. */
  accept(name: string, patch: Uint8Array): void;
  /** Appends an action as the account's phone does. */
  append(name: string, action: Action): void;
  /** Every action in force. */
  actions(): { collection: string; index: string[]; value: proto.ISyncActionValue }[];
};

/** The app state of every account, made when it is first asked for. */
export const openAppStates = (store: StateStore, random: (length: number) => Uint8Array) => {
  const states = new Map<string, AppState>();

  const open = (number: string): AppState => {
    const place = `app-state/${number}`;
    const saved = store.load(place).find(([key]) => key === place)?.[1] as Saved | undefined;
    const key = saved?.key ?? { id: random(6), data: random(32) };
    const collections = new Map(saved?.collections.map((each) => [each.name, each]));
    const collection = (name: string): Collection => collections.get(name) ?? emptyCollection(name);
    const keep = (next: Collection): void => {
      collections.set(next.name, next);
      store.put(place, () => ({ key, collections: [...collections.values()] }));
    };
    if (!saved) store.put(place, () => ({ key, collections: [] }));
    return {
      key,
      collection,
      accept: (name, patch) => keep(acceptPatch(key, collection(name), patch)),
      append: (name, action) =>
        keep(appendMutations(key, collection(name), [sealAction(key, action, random(16))])),
      actions: () =>
        [...collections.values()].flatMap(({ name, records }) =>
          [...records.values()].map((bytes) => {
            const record = protobuf.SyncdRecord.decode(bytes);
            const { index, value } = openMutation(key, { record });
            return { collection: name, index, value: value ?? {} };
          }),
        ),
    };
  };

  return {
    of: ({ number }: Account): AppState => {
      const state = states.get(number) ?? open(number);
      states.set(number, state);
      return state;
    },
  };
};

export type AppStates = ReturnType<typeof openAppStates>;
