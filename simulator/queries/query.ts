import type { Device } from "../accounts/account.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { child } from "../stanza/read-node.ts";
import type { World } from "../world.ts";

export type QueryContext = { world: World; device: Device; iq: BinaryNode };

/** Content of the result, an error, or no answer at all. */
export type Answer = BinaryNode[] | { error: number; text: string } | "unanswered";

/** One kind of IQ that a logged-in device may send. */
export type Query = {
  matches(iq: BinaryNode): boolean;
  answer(context: QueryContext): Answer;
  /** Runs once the answer has been sent. */
  after?(context: QueryContext): void;
};

/** The usual test: namespace, get or set, and a child of that tag. */
export const isQuery =
  (xmlns: string, type: "get" | "set", childTag?: string) =>
  (iq: BinaryNode): boolean =>
    iq.attrs["xmlns"] === xmlns &&
    iq.attrs["type"] === type &&
    (childTag === undefined || child(iq, childTag) !== undefined);

/** A query whose answer never varies. */
export const constantQuery = (matches: Query["matches"], content: BinaryNode[] = []): Query => ({
  matches,
  answer: () => content,
});
