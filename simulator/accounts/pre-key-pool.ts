/** A one-time key that its owner has uploaded. */
export type PreKey = { id: number; value: Uint8Array };

/** One-time keys, packed: 812 keys as objects would take six times the memory. */
export type PreKeyPool = { packed: Uint8Array; taken: number };

const idLength = 3;
const entryLength = idLength + 32;

export const emptyPool = (): PreKeyPool => ({ packed: new Uint8Array(0), taken: 0 });

export const countPreKeys = (pool: PreKeyPool): number =>
  pool.packed.length / entryLength - pool.taken;

/** The pool with these keys behind those that are left; an id uploaded twice is kept once. */
export const addPreKeys = (pool: PreKeyPool, keys: PreKey[]): PreKeyPool => {
  const left = pool.packed.subarray(pool.taken * entryLength);
  const known = new Set<number>();
  for (let at = 0; at < left.length; at += entryLength)
    known.add(Buffer.from(left.buffer, left.byteOffset + at).readUIntBE(0, idLength));
  const fresh = keys.filter((key) => !known.has(key.id));
  const packed = Buffer.alloc(left.length + fresh.length * entryLength);
  packed.set(left);
  fresh.forEach((key, index) => {
    const at = left.length + index * entryLength;
    packed.writeUIntBE(key.id, at, idLength);
    packed.set(key.value, at + idLength);
  });
  return { packed, taken: 0 };
};

const readKey = ({ packed }: PreKeyPool, index: number): PreKey => {
  const at = index * entryLength;
  const entry = Buffer.from(packed.buffer, packed.byteOffset + at, entryLength);
  return { id: entry.readUIntBE(0, idLength), value: Uint8Array.from(entry.subarray(idLength)) };
};

/** The keys that are left, oldest first. */
export const listPreKeys = (pool: PreKeyPool): PreKey[] =>
  Array.from({ length: countPreKeys(pool) }, (_, index) => readKey(pool, pool.taken + index));

/** Takes the oldest key out for good; a one-time key is handed out once. */
export const takePreKey = (pool: PreKeyPool): PreKey | undefined => {
  if (countPreKeys(pool) === 0) return undefined;
  pool.taken += 1;
  return readKey(pool, pool.taken - 1);
};
