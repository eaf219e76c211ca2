// A session's values of one type of key. Most types have few; pre-keys are 812 times 32 random bytes
// that hardly anybody reads, and as strings in a map they were most of an idle session's heap. Values
// of exactly that form are kept as bytes, whatever their type.

const slotBytes = 32;

const base64Length = 44;

/** WhatsApp's ids of pre-keys have three bytes. */
const longestNumber = 8;

export class KeyValues {
  #texts = new Map<string, string>();
  /** The number of each slot of `#bytes`, which may have room behind them. */
  #numbers: number[] = [];
  #bytes = Buffer.alloc(0);

  get size(): number {
    return this.#texts.size + this.#numbers.length;
  }

  get(id: string): string | undefined {
    const slot = this.#slotOf(id);
    return slot === -1 ? this.#texts.get(id) : this.#read(slot);
  }

  has(id: string): boolean {
    return this.#texts.has(id) || this.#slotOf(id) !== -1;
  }

  /** Takes each value; null deletes. */
  apply(values: Record<string, string | null>): void {
    const entries = Object.entries(values);
    for (const [index, [id, value]] of entries.entries()) {
      const bytes = value === null ? undefined : toSlot(id, value);
      if (bytes) this.#write(Number(id), bytes, entries.length - index);
      else this.#drop(id);
      if (bytes || value === null) this.#texts.delete(id);
      else this.#texts.set(id, value);
    }
  }

  *[Symbol.iterator](): Generator<[string, string]> {
    for (const [slot, number] of this.#numbers.entries()) yield [String(number), this.#read(slot)];
    yield* this.#texts;
  }

  #slotOf(id: string): number {
    return isNumber(id) ? this.#numbers.indexOf(Number(id)) : -1;
  }

  #read(slot: number): string {
    return this.#bytes.toString("base64", slot * slotBytes, (slot + 1) * slotBytes);
  }

  /** @param more values that may follow, for which to make room at once */
  #write(number: number, bytes: Buffer, more: number): void {
    let slot = this.#numbers.indexOf(number);
    if (slot === -1) slot = this.#numbers.push(number) - 1;
    const end = (slot + 1) * slotBytes;
    if (end > this.#bytes.length) {
      const grown = Buffer.alloc((slot + more) * slotBytes);
      this.#bytes.copy(grown);
      this.#bytes = grown;
    }
    bytes.copy(this.#bytes, slot * slotBytes);
  }

  /** The last slot moves into the place of the dropped one. */
  #drop(id: string): void {
    const slot = this.#slotOf(id);
    if (slot === -1) return;
    const last = this.#numbers.length - 1;
    const number = this.#numbers.pop();
    if (slot === last || number === undefined) return;
    this.#numbers[slot] = number;
    this.#bytes.copy(this.#bytes, slot * slotBytes, last * slotBytes, (last + 1) * slotBytes);
  }
}

/** The bytes of a value that can be read back from them letter by letter. */
function toSlot(id: string, value: string): Buffer | undefined {
  if (value.length !== base64Length || !isNumber(id)) return undefined;
  const bytes = Buffer.from(value, "base64");
  return bytes.length === slotBytes && bytes.toString("base64") === value ? bytes : undefined;
}

/** Short ones, as those of pre-keys are: most ids begin with the digits of a phone, and are asked for often. */
function isNumber(id: string): boolean {
  if (id.length > longestNumber) return false;
  return Number.isInteger(Number(id)) && String(Number(id)) === id;
}
