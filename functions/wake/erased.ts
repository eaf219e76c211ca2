import { keptAddress } from "#shared/address.ts";
import type { Contact } from "#shared/address.ts";
import type { ErasureItem } from "#shared/items/erasure-item.ts";

/** What is to leave no traces: messages by their ids, a person by all addresses that are known. */
export type Erased = {
  hasMessage: (messageId: string | null | undefined) => boolean;
  hasAddress: (jid: string | undefined) => boolean;
  isPerson: (contact: Contact | null | undefined) => boolean;
  /** Whether something of this time was there when the erasure was asked for. */
  reaches: (time: string) => boolean;
};

type Named = Pick<ErasureItem, "messageIds" | "addresses" | "dueAt">;

export function toErased({ messageIds = [], addresses = [], dueAt }: Named): Erased {
  const ids = new Set(messageIds);
  const jids = new Set(addresses);
  return {
    hasMessage: (messageId) => messageId !== null && messageId !== undefined && ids.has(messageId),
    hasAddress: (jid) => jid !== undefined && jids.has(jid),
    isPerson(contact) {
      if (!contact) return false;
      const { id, lid } = contact;
      return jids.has(id) || jids.has(keptAddress(contact)) || (lid !== null && jids.has(lid));
    },
    reaches: (time) => Date.parse(time) <= dueAt,
  };
}
