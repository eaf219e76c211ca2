import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";

/**
 * Starts a stand-in in a process of its own, which the end of the test kills.
 * @param url of the module that exports `start`
 */
export async function startChild(
  { url, start }: { url: string; start: string },
  options: object,
): Promise<{ child: ChildProcess; endpoint: string }> {
  const script = `
    import { ${start} } from ${JSON.stringify(url)};
    console.log((await ${start}(JSON.parse(process.argv[1]))).endpoint);
  `;
  const child = spawn(
    process.execPath,
    ["--input-type=module", "-e", script, JSON.stringify(options)],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  const [endpoint] = (await Promise.race([
    once(createInterface(child.stdout), "line"),
    once(child, "exit").then(() => ["the process ended before it listened"]),
  ])) as [string];
  return { child, endpoint };
}
