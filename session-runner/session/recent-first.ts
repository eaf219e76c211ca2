/** The first of the ids that were noted within a span of time; of the one before it as well. */
export class RecentFirst {
  #spanMs: number;
  #now: () => number;
  #since = 0;
  #first: string | undefined;
  #before: string | undefined;

  constructor(spanMs: number, now: () => number) {
    this.#spanMs = spanMs;
    this.#now = now;
  }

  note(id: string): void {
    this.#move();
    if (this.#first === undefined || id < this.#first) this.#first = id;
  }

  get first(): string | undefined {
    this.#move();
    return [this.#first, this.#before].filter((id) => id !== undefined).toSorted()[0];
  }

  #move(): void {
    const age = this.#now() - this.#since;
    if (age < this.#spanMs) return;
    this.#before = age < 2 * this.#spanMs ? this.#first : undefined;
    this.#first = undefined;
    this.#since = this.#now();
  }
}
