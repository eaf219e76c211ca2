import { createHash } from "node:crypto";
import { decryptPollVote } from "./baileys.ts";
import type { proto } from "./baileys.ts";

export type VoteContext = {
  pollId: string;
  options: string[];
  secret: Uint8Array;
  /** Every address of each: which one sealed the vote depends on the chat. */
  creators: string[];
  voters: string[];
};

/** The chosen options by name; undefined when the vote is sealed for another poll or another voter. */
export function readVote(
  vote: proto.Message.IPollEncValue,
  { pollId, options, secret, creators, voters }: VoteContext,
): string[] | undefined {
  const names = new Map(options.map((option) => [hashOf(option), option]));
  for (const pollCreatorJid of creators) {
    for (const voterJid of voters) {
      try {
        const { selectedOptions } = decryptPollVote(vote, {
          pollCreatorJid,
          voterJid,
          pollMsgId: pollId,
          pollEncKey: secret,
        });
        return (selectedOptions ?? []).flatMap(
          (hash) => names.get(Buffer.from(hash).toString("hex")) ?? [],
        );
      } catch {
        // Sealed under another pair of addresses.
      }
    }
  }
  return undefined;
}

function hashOf(option: string): string {
  return createHash("sha256").update(option).digest("hex");
}
