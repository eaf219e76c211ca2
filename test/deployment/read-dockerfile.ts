import { readFileSync } from "node:fs";

export type ImageFiles = {
  /** What is copied from the repository into the last stage. */
  copies: string[];
  /** npm's way of installing, without `npm ci` itself. */
  installFlags: string[];
  command: string[];
};

/** What a Dockerfile of ours puts into its image. */
export function readDockerfile(path: string): ImageFiles {
  const text = readFileSync(path, "utf8");
  const stages = text.split(/^FROM /m).slice(1);
  const copies = [...(stages.at(-1) ?? "").matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
    ([, sources = ""]) => sources.split(/\s+/),
  );
  const [, flags = ""] = /^RUN npm ci (.*)$/m.exec(text) ?? [];
  const [, command = "[]"] = /^(?:CMD|ENTRYPOINT) (\[.*\])$/m.exec(text) ?? [];
  return { copies, installFlags: flags.split(" "), command: JSON.parse(command) as string[] };
}
