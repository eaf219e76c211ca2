/**
 * One look for all who ask while another is under way: what each is told was looked for after it
 * had asked.
 */
export function shareLooks<Seen>(look: () => Promise<Seen>): () => Promise<Seen> {
  let present: Promise<unknown> = Promise.resolve();
  let next: Promise<Seen> | undefined;

  async function lookNext(): Promise<Seen> {
    await present.catch(() => undefined);
    next = undefined;
    const mine = look();
    present = mine;
    return mine;
  }

  return () => (next ??= lookNext());
}
