/** Negative when the first is earlier. Only cursors of one source can be compared. */
export function compareCursors(a: string, b: string): number {
  const [epochA, seqA] = parse(a);
  const [epochB, seqB] = parse(b);
  return epochA - epochB || seqA - seqB;
}

function parse(cursor: string): [number, number] {
  const [epoch, seq] = cursor.split(".");
  return [Number(epoch), Number(seq)];
}
