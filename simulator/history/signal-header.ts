/** What the outside of a Signal ciphertext tells: which key of which chain encrypted it. */
export type SignalHeader = { chain: string; counter: number };

type Field = { number: number; value: number | Uint8Array };

const varint = (bytes: Uint8Array, start: number): [value: number, next: number] => {
  let value = 0;
  for (let at = start, shift = 1; at < bytes.length && at < start + 10; at += 1, shift *= 128) {
    const byte = bytes[at] ?? 0;
    value += (byte & 127) * shift;
    if (byte < 128) return [value, at + 1];
  }
  throw new Error("a number in the Signal message does not end");
};

function* fields(bytes: Uint8Array): Generator<Field> {
  for (let at = 0; at < bytes.length;) {
    const [key, start] = varint(bytes, at);
    const [value, next] = varint(bytes, start);
    const wireType = key % 8;
    if (wireType !== 0 && wireType !== 2) throw new Error("unexpected field in a Signal message");
    at = wireType === 2 ? next + value : next;
    if (at > bytes.length) throw new Error("a field of the Signal message is cut off");
    const number = Math.floor(key / 8);
    yield { number, value: wireType === 2 ? bytes.subarray(next, at) : value };
  }
}

const bytesField = (bytes: Uint8Array, number: number): Uint8Array => {
  for (const field of fields(bytes))
    if (field.number === number && field.value instanceof Uint8Array) return field.value;
  throw new Error(`field ${number} of the Signal message is missing`);
};

const numberField = (bytes: Uint8Array, number: number): number => {
  for (const field of fields(bytes))
    if (field.number === number && typeof field.value === "number") return field.value;
  return 0;
};

const macLength = 8;
const signatureLength = 64;

const ofMessage = (message: Uint8Array): SignalHeader => {
  const body = message.subarray(1, message.length - macLength);
  return {
    chain: Buffer.from(bytesField(body, 1)).toString("base64"),
    counter: numberField(body, 2),
  };
};

/** Reads the header of an `enc` of type msg, pkmsg or skmsg; undefined when it is none of them. */
export const readSignalHeader = (
  type: string | undefined,
  ciphertext: Uint8Array,
): SignalHeader | undefined => {
  try {
    if (type === "msg") return ofMessage(ciphertext);
    if (type === "pkmsg") return ofMessage(bytesField(ciphertext.subarray(1), 4));
    if (type !== "skmsg") return undefined;
    const body = ciphertext.subarray(1, ciphertext.length - signatureLength);
    return { chain: `key ${numberField(body, 1)}`, counter: numberField(body, 2) };
  } catch {
    return undefined;
  }
};
