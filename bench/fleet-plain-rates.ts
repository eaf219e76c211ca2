// How fast plain Baileys sends and receives, and what that costs its process.
import pMap from "p-map";
import type { Phone } from "#simulator/phone/phone.ts";
import { mustBecome } from "#test/chaos/stage/wait-until.ts";
import type { PlainProcess } from "./fleet-plain-process.ts";
import { toRate } from "./fleet-rate.ts";
import type { Rate } from "./fleet-rate.ts";

export type MeasuredPlain = {
  plain: PlainProcess;
  /** CPU seconds that its process has used so far. */
  usage: () => Promise<number>;
};

const patienceMs = 300_000;

/** Through one session, until the server has acknowledged each. */
export async function sendThroughPlain(
  { plain, usage }: MeasuredPlain,
  name: string,
  count: number,
  toOf: (i: number) => string,
): Promise<Rate> {
  plain.sent.clear();
  const before = await usage();
  const from = Date.now();
  for (let i = 0; i < count; i += 1) plain.send(name, toOf(i), `plain ${i}`);
  await mustBecome("all are sent", () => plain.sent.size === count, patienceMs);
  const last = Math.max(...plain.sent.values());
  return toRate(count, last - from, (await usage()) - before);
}

/** From the contacts to the session of a phone, which stands still while they encrypt. */
export async function receiveInPlain(
  { plain, usage }: MeasuredPlain,
  number: string,
  contacts: Phone[],
  texts: string[],
): Promise<Rate> {
  const wanted = plain.received() + texts.length;
  const before = await usage();
  plain.signal("SIGSTOP");
  await pMap(texts, (text, i) => contacts[i % contacts.length]?.say(number, text), {
    concurrency: 50,
  });
  const from = Date.now();
  plain.signal("SIGCONT");
  await mustBecome("all are received", () => plain.received() === wanted, patienceMs);
  return toRate(texts.length, Date.now() - from, (await usage()) - before);
}
