import { connectionHeader } from "./respond-handshake.ts";

const routingPrefix = Buffer.from("ED");
const routingPrefixLength = 7;

/** A length prefix for one frame. */
export const toFrame = (bytes: Uint8Array): Buffer => {
  const frame = Buffer.allocUnsafe(3 + bytes.length);
  frame.writeUIntBE(bytes.length, 0, 3);
  frame.set(bytes, 3);
  return frame;
};

/**
 * Cuts the client's byte stream into frames, whatever the WebSocket messages are.
 * Throws on a stream that does not start as a client's does or announces too large a frame.
 */
export const makeFrameSplitter = (limit: () => number) => {
  let pending: Buffer = Buffer.alloc(0);
  let introduced = false;

  const skipIntroduction = (): boolean => {
    let start = 0;
    if (pending.length >= 2 && pending.subarray(0, 2).equals(routingPrefix)) {
      if (pending.length < routingPrefixLength) return false;
      start = routingPrefixLength + pending.readUIntBE(4, 3);
      if (start > limit()) throw new Error("the routing prefix is too long");
    }
    const end = start + connectionHeader.length;
    if (pending.length < end) return false;
    if (!pending.subarray(start, end).equals(connectionHeader))
      throw new Error("the stream does not start with the connection header");
    pending = pending.subarray(end);
    return true;
  };

  return function* split(bytes: Buffer): Generator<Buffer> {
    pending = pending.length === 0 ? bytes : Buffer.concat([pending, bytes]);
    introduced ||= skipIntroduction();
    if (!introduced) return;
    while (pending.length >= 3) {
      const size = pending.readUIntBE(0, 3);
      if (size > limit()) throw new Error(`a frame of ${size} bytes is over the limit`);
      if (pending.length < 3 + size) return;
      const frame = pending.subarray(3, 3 + size);
      pending = pending.subarray(3 + size);
      yield frame;
    }
  };
};
