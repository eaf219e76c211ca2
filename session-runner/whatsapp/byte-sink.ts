const usualSize = 16 * 1_024;
/** A stanza of megabytes, as an upload of keys may be, does not keep its room. */
const keptSize = 256 * 1_024;

/** Collects bytes in one buffer that is used again and again. */
export class ByteSink {
  #bytes = Buffer.allocUnsafeSlow(usualSize);
  #length = 0;

  clear(): void {
    this.#length = 0;
    if (this.#bytes.length > keptSize) this.#bytes = Buffer.allocUnsafeSlow(usualSize);
  }

  /** The lowest eight bits of a number. */
  byte(value: number): void {
    this.#makeRoom(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  bytes(values: Uint8Array): void {
    this.#makeRoom(values.length);
    this.#bytes.set(values, this.#length);
    this.#length += values.length;
  }

  /** @param length of the text in UTF-8 */
  text(text: string, length: number): void {
    this.#makeRoom(length);
    this.#bytes.write(text, this.#length, length, "utf8");
    this.#length += length;
  }

  /** A copy of all so far. */
  take(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#length));
  }

  #makeRoom(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#bytes.length));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
