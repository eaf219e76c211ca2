/**
 * Reads the payload length of each frame out of a client's bytes. The WebSocket library only knows
 * a limit for whole messages, the service has one for frames as well.
 */
export function createFrameSizes(onFrame: (payloadBytes: number) => void) {
  let header = Buffer.alloc(0);
  let payloadLeft = 0;
  return (chunk: Buffer): void => {
    let rest = chunk;
    while (rest.length > 0) {
      if (payloadLeft > 0) {
        const skipped = Math.min(payloadLeft, rest.length);
        payloadLeft -= skipped;
        rest = rest.subarray(skipped);
        continue;
      }
      header = Buffer.concat([header, rest.subarray(0, 1)]);
      rest = rest.subarray(1);
      if (header.length < headerLength(header)) continue;
      const size = payloadLength(header);
      header = Buffer.alloc(0);
      payloadLeft = size;
      onFrame(size);
    }
  };
}

function lengthBytes(header: Buffer): number {
  const short = (header[1] ?? 0) & 0x7f;
  if (short < 126) return 0;
  return short === 126 ? 2 : 8;
}

function headerLength(header: Buffer): number {
  if (header.length < 2) return 2;
  const maskBytes = ((header[1] ?? 0) & 0x80) === 0 ? 0 : 4;
  return 2 + lengthBytes(header) + maskBytes;
}

function payloadLength(header: Buffer): number {
  const extended = lengthBytes(header);
  if (extended === 0) return (header[1] ?? 0) & 0x7f;
  return extended === 2 ? header.readUInt16BE(2) : Number(header.readBigUInt64BE(2));
}
