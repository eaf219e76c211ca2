// A ratchet step changes a few dozen characters of a session's record of 1,500. An entry says only
// those, so that the steps of several messages fit one write unit.
import { crc32 } from "node:zlib";
import type { Change } from "./change.ts";
import type { Fold } from "./fold.ts";

type Keys = NonNullable<Change["keys"]>;

/**
 * How many characters of the former value stay at its start and end, what is between them, and the
 * CRC-32 of the whole.
 */
export type KeyPatch = [start: number, end: number, between: string, checksum: number];

/** As it is written: values that resemble their former ones are patches of these. */
export type StoredChange = Change & { patches?: Record<string, Record<string, KeyPatch>> };

/** Saving less is not worth a second form. */
const worthwhile = 64;

/** @param formerOf the value in the state of the entry before this one */
export function toStored(
  change: Change,
  formerOf: (type: string, id: string) => string | undefined,
): StoredChange {
  const keys: Keys = {};
  const patches: NonNullable<StoredChange["patches"]> = {};
  for (const [type, values] of Object.entries(change.keys ?? {})) {
    for (const [id, value] of Object.entries(values)) {
      const former = formerOf(type, id);
      const patch = value === null || former === undefined ? undefined : toPatch(former, value);
      if (patch) (patches[type] ??= {})[id] = patch;
      else (keys[type] ??= {})[id] = value;
    }
  }
  const { keys: _, ...rest } = change;
  return {
    ...(Object.keys(keys).length > 0 && { keys }),
    ...(Object.keys(patches).length > 0 && { patches }),
    ...rest,
  };
}

/**
 * The change that was written, whole again.
 * @param fold the state of the entry before this one
 * @throws when a patch is of another value than the one that is there
 */
export function fromStored({ patches, ...change }: StoredChange, fold: Fold): Change {
  for (const [type, values] of Object.entries(patches ?? {})) {
    for (const [id, patch] of Object.entries(values)) {
      const former = fold.keys.get(type)?.get(id);
      if (former === undefined) throw new Error(`a patch of a ${type} follows no value`);
      const value = patched(former, patch);
      if (crc32(value) !== patch[3]) throw new Error(`a patch is of another ${type} than held`);
      change.keys ??= {};
      change.keys[type] = { ...change.keys[type], [id]: value };
    }
  }
  return change;
}

function toPatch(former: string, value: string): KeyPatch | undefined {
  const shorter = Math.min(former.length, value.length);
  let start = 0;
  while (start < shorter && former[start] === value[start]) start += 1;
  let end = 0;
  while (
    end < shorter - start &&
    former[former.length - 1 - end] === value[value.length - 1 - end]
  ) {
    end += 1;
  }
  if (start + end < worthwhile) return undefined;
  return [start, end, value.slice(start, value.length - end), crc32(value)];
}

function patched(former: string, [start, end, between]: KeyPatch): string {
  return former.slice(0, start) + between + former.slice(former.length - end);
}
