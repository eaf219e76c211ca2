// A test of the tests: each mutant lacks one thing that the laws rest on, and the chaos must notice.

export type Mutant = {
  /** Name of its replacements. */
  name: string;
  /** Rows of which one at least must fail. */
  rows: number[];
};

export const mutants: Mutant[] = [
  { name: "no-fence", rows: [5] },
  { name: "wire-before-commit", rows: [1] },
  { name: "receipt-before-plaintext", rows: [1] },
  { name: "no-send-dedupe", rows: [6] },
];

const replaceSource = new URL("./replace-source.ts", import.meta.url).pathname;

/** What makes a runner that mutant. */
export function asMutant({ name }: Mutant) {
  return { nodeArgs: ["--import", replaceSource], env: { CHAOS_REPLACE: name } };
}
