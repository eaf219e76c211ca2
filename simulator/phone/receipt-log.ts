import type { StateStore } from "../accounts/state-store.ts";

export type PhoneReceipt = {
  id: string;
  /** Number of the one who confirms. */
  from: string;
  type: "delivery" | "read" | "played" | "retry" | "inactive";
  at: string;
};

/** The receipts that one phone got, up to a limit after which the oldest are dropped. */
export const openReceiptLog = (store: StateStore, number: string, limit: number) => {
  const base = `phone/${number}/receipt/`;
  const keyOf = (sequence: number): string => base + String(sequence).padStart(12, "0");
  const receipts = new Map(
    store.load(base).map(([key, value]) => [Number(key.slice(base.length)), value as PhoneReceipt]),
  );
  let nextSequence = Math.max(0, ...receipts.keys()) + 1;

  return {
    all: (): PhoneReceipt[] => [...receipts.values()],
    add: (receipt: PhoneReceipt): void => {
      receipts.set(nextSequence, receipt);
      store.put(keyOf(nextSequence), () => receipt);
      nextSequence += 1;
      const [oldest] = receipts.keys();
      if (receipts.size <= limit || oldest === undefined) return;
      receipts.delete(oldest);
      store.remove(keyOf(oldest));
    },
  };
};

export type ReceiptLog = ReturnType<typeof openReceiptLog>;
