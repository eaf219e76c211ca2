// A session on its way from one journal to another: its state, sealed with a data key of its own
// that only this deployment's KMS key opens, bound to its account and its id. What carries it, a
// Lambda or the tenant, carries bytes.
import { z } from "zod";
import type { Change } from "./change.ts";
import type { DataKeys } from "./data-key.ts";
import { seal, unseal } from "./entry-codec.ts";
import { toChange } from "./fold.ts";
import type { Fold } from "./fold.ts";

/** The bundle is damaged, of another account, or of another deployment. */
export class BundleUnreadableError extends Error {
  override name = "BundleUnreadableError";
}

export type BundleIds = { bundleId: string; accountId: string };

const magic = Buffer.from("WAFLEET-BUNDLE-1\n");

const headerSchema = z.strictObject({ sessionId: z.string(), wrappedKey: z.base64() });

export async function sealBundle(
  dataKeys: DataKeys,
  ids: BundleIds & { sessionId: string },
  fold: Fold,
): Promise<Uint8Array> {
  const key = await dataKeys.generate(ids.sessionId);
  const wrappedKey = Buffer.from(key.wrapped).toString("base64");
  const header = Buffer.from(JSON.stringify({ sessionId: ids.sessionId, wrappedKey }));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(header.length);
  const { keys, creds } = toChange(fold);
  const state: Change = { ...(keys && { keys }), ...(creds !== undefined && { creds }) };
  return Buffer.concat([magic, length, header, seal(state, key.plaintext, contextOf(ids))]);
}

/** @throws {BundleUnreadableError} */
export async function openBundle(
  dataKeys: DataKeys,
  ids: BundleIds,
  bytes: Uint8Array,
): Promise<Change> {
  const whole = Buffer.from(bytes);
  const start = magic.length + 4;
  if (whole.length < start || !whole.subarray(0, magic.length).equals(magic)) {
    throw new BundleUnreadableError("this is no bundle");
  }
  const end = start + whole.readUInt32BE(magic.length);
  try {
    const header = headerSchema.parse(JSON.parse(whole.subarray(start, end).toString()));
    const wrapped = Buffer.from(header.wrappedKey, "base64");
    const { plaintext } = await dataKeys.unwrap(header.sessionId, wrapped);
    return unseal(whole.subarray(end), plaintext, contextOf(ids)) as Change;
  } catch (cause) {
    throw new BundleUnreadableError("the bundle cannot be opened", { cause });
  }
}

function contextOf({ bundleId, accountId }: BundleIds): string {
  return `bundle ${accountId} ${bundleId}`;
}
