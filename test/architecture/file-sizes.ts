import type { SourceFile } from "./source-file.ts";

export type SizeReport = {
  files: number;
  median: number;
  /** 95 % of the files are no longer than this. */
  p95: number;
  longest: number;
  breaches: string[];
};

const limit = 400;
const p95Limit = 250;

/** Lines of each file against the house limits; the median is for the reader. */
export function measureSizes(files: readonly SourceFile[]): SizeReport {
  const sizes = files
    .map(({ path, text }) => ({ path, lines: text.replace(/\n$/, "").split("\n").length }))
    .toSorted((a, b) => a.lines - b.lines);
  const at = (share: number) => sizes[Math.max(0, Math.ceil(sizes.length * share) - 1)]?.lines ?? 0;
  const breaches = sizes
    .filter(({ lines }) => lines > limit)
    .map(({ path, lines }) => `${path}: ${lines} lines, over ${limit}`);
  const p95 = at(0.95);
  if (p95 > p95Limit)
    breaches.push(`95 % of files must have at most ${p95Limit} lines, not ${p95}`);
  return { files: sizes.length, median: at(0.5), p95, longest: at(1), breaches };
}
