/** One attribute value as DynamoDB's JSON carries it; binary is base64. */
export type WireValue = {
  S?: string;
  N?: string;
  B?: string;
  BOOL?: boolean;
  NULL?: boolean;
  SS?: string[];
  NS?: string[];
  BS?: string[];
  L?: WireValue[];
  M?: WireItem;
};

export type WireItem = { [attribute: string]: WireValue };

const collectionOverhead = 3;
const elementOverhead = 1;

/** Bytes of an item by the rules on which DynamoDB bills: names and values in UTF-8. */
export function itemSize(item: WireItem): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + valueSize(value),
    0,
  );
}

function valueSize(value: WireValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return numberSize(value.N);
  if (value.B !== undefined) return Buffer.byteLength(value.B, "base64");
  if (value.SS) return sum(value.SS, (text) => Buffer.byteLength(text));
  if (value.NS) return sum(value.NS, numberSize);
  if (value.BS) return sum(value.BS, (bytes) => Buffer.byteLength(bytes, "base64"));
  if (value.L) {
    return collectionOverhead + sum(value.L, (element) => elementOverhead + valueSize(element));
  }
  if (value.M) {
    const entries = Object.keys(value.M).length;
    return collectionOverhead + entries * elementOverhead + itemSize(value.M);
  }
  return 1;
}

/** One byte for the exponent, one for a minus sign, one per pair of significant decimal digits. */
function numberSize(text: string): number {
  const [, sign, whole = "", fraction = "", exponent = "0"] =
    /^\s*([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?/.exec(text) ?? [];
  const digits = whole + fraction;
  const significant = digits.replace(/^0+/, "").replace(/0+$/, "");
  if (significant === "") return 1;
  const leadingZeros = digits.length - digits.replace(/^0+/, "").length;
  const power = whole.length - leadingZeros - 1 + Number(exponent);
  // Pairs are aligned on the decimal point: at an even power the first pair holds a single digit.
  const pairs = Math.ceil((significant.length + (power % 2 === 0 ? 1 : 0)) / 2);
  return 1 + pairs + (sign === "-" ? 1 : 0);
}

function sum<Element>(elements: Element[], size: (element: Element) => number): number {
  return elements.reduce((total, element) => total + size(element), 0);
}
