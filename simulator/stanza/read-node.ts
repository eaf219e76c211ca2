import type { BinaryNode } from "./codec.ts";

export const children = (node: BinaryNode | undefined, tag?: string): BinaryNode[] => {
  if (!Array.isArray(node?.content)) return [];
  return tag === undefined ? node.content : node.content.filter((child) => child.tag === tag);
};

export const child = (node: BinaryNode | undefined, tag: string): BinaryNode | undefined =>
  children(node, tag)[0];

/** The bytes of a node; what was short enough to be packed as text comes back as bytes, too. */
export const bytesOf = (node: BinaryNode | undefined): Uint8Array | undefined => {
  if (node?.content instanceof Uint8Array) return node.content;
  return typeof node?.content === "string" ? Buffer.from(node.content) : undefined;
};

export const requireBytes = (
  node: BinaryNode | undefined,
  tag: string,
  length?: number,
): Uint8Array => {
  const bytes = bytesOf(child(node, tag));
  if (!bytes || (length !== undefined && bytes.length !== length))
    throw new Error(`<${tag}> is missing${length === undefined ? "" : ` or not ${length} bytes`}`);
  // A copy: a slice would keep the whole frame in memory.
  return Uint8Array.from(bytes);
};

export const toNumber = (bytes: Uint8Array): number =>
  bytes.reduce((value, byte) => value * 256 + byte, 0);

export const toBytes = (value: number, length: number): Buffer => {
  const bytes = Buffer.alloc(length);
  bytes.writeUIntBE(value, 0, length);
  return bytes;
};
