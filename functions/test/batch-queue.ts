import type { SendBatchWork } from "#functions/send-batch-work.ts";

/** Stands in for the batches queue: keeps what was sent. */
export function createBatchQueue() {
  let sent: Parameters<SendBatchWork>[0][] = [];
  const send: SendBatchWork = async (batch) => void sent.push(batch);
  return {
    send,
    take() {
      const taken = sent;
      sent = [];
      return taken;
    },
  };
}
