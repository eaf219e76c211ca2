import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "#local/stand-in/test/temporary-folder.ts";
import { runCommand, startSystem } from "#local/start/test/start-system.ts";

async function runDemo(args: string[]): Promise<{ code: number | null; output: string }> {
  const demo = runCommand("demo", args);
  const code = await demo.ended;
  return { code, output: demo.output() };
}

test("on a fresh system a phone is linked, messages go both ways, and again after a restart", async () => {
  const folder = join(await temporaryFolder(), "data");
  const first = await startSystem(folder);
  for (const _time of [1, 2]) {
    expect(await runDemo(["--data", folder])).toMatchObject({
      code: 0,
      output: expect.stringContaining("All of it worked") as string,
    });
  }
  first.kill("SIGTERM");
  expect(await first.ended).toBe(0);
  await startSystem(folder);
  expect(await runDemo(["--data", folder])).toMatchObject({ code: 0 });
}, 120_000);

test("without a running system it says what to do first", async () => {
  const { code, output } = await runDemo(["--data", await temporaryFolder()]);
  expect(code).toBe(1);
  expect(output).toContain("run npm start first");
});

test("a step that fails is named, with what was seen instead", async () => {
  const broken = createServer((_request, response) => response.writeHead(503).end("not today"));
  broken.listen(0, "127.0.0.1");
  await once(broken, "listening");
  onTestFinished(() => void broken.close());
  const url = `http://127.0.0.1:${(broken.address() as AddressInfo).port}`;
  const places = { "--url": url, "--socket-url": "ws://127.0.0.1:9", "--control-url": url };
  const { code, output } = await runDemo(Object.entries(places).flat());
  expect(code).toBe(1);
  expect(output).toMatch(/Step "register an account" failed: .* answered 503: not today/);
});
