import type { Line } from "./line.ts";
import type { Entry } from "./message.ts";

type Group = { id: string; waiting: Entry[]; out: Set<Entry> };

/** A FIFO queue: a group gives nothing more while one of its messages is in somebody's hands. */
export function createFifoLine(): Line {
  const groups = new Map<string, Group>();
  /** Groups that can give now; the one that waited longest first. */
  const open = new Set<Group>();
  let size = 0;

  function groupOf(entry: Entry): Group {
    const id = entry.message.groupId ?? "";
    const group = groups.get(id) ?? { id, waiting: [], out: new Set() };
    groups.set(id, group);
    return group;
  }
  function settle(group: Group) {
    const canGive = group.out.size === 0 && group.waiting.length > 0;
    if (canGive) open.add(group);
    else open.delete(group);
    if (group.out.size === 0 && group.waiting.length === 0) groups.delete(group.id);
  }
  function takeFrom(group: Group, max: number): Entry[] {
    const taken = group.waiting.splice(0, max);
    for (const entry of taken) group.out.add(entry);
    size -= taken.length;
    settle(group);
    return taken;
  }

  return {
    get size() {
      return size;
    },
    add(entry) {
      const group = groupOf(entry);
      insertBySequence(group.waiting, entry);
      size += 1;
      settle(group);
    },
    take(max) {
      const taken: Entry[] = [];
      for (const group of open) {
        if (taken.length >= max) break;
        taken.push(...takeFrom(group, max - taken.length));
      }
      return taken;
    },
    remove(entry) {
      const group = groupOf(entry);
      const index = group.waiting.indexOf(entry);
      if (index >= 0) {
        group.waiting.splice(index, 1);
        size -= 1;
      }
      settle(group);
    },
    hold(entry) {
      const group = groupOf(entry);
      group.out.add(entry);
      settle(group);
    },
    release(entry) {
      const group = groupOf(entry);
      group.out.delete(entry);
      settle(group);
    },
  };
}

/** New messages belong at the end, returned ones near the front: look from the nearer side. */
function insertBySequence(waiting: Entry[], entry: Entry): void {
  const sequence = entry.message.sequence ?? "";
  const last = waiting.at(-1);
  if (!last || (last.message.sequence ?? "") < sequence) {
    waiting.push(entry);
    return;
  }
  const index = waiting.findIndex((other) => (other.message.sequence ?? "") > sequence);
  waiting.splice(index < 0 ? waiting.length : index, 0, entry);
}
