import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Whatsapp } from "./runtime.ts";

/** The simulator's TLS authority in a file, which is how a process is told to trust it. */
export async function keepCertificate(
  started: AsyncDisposableStack,
  whatsapp: Whatsapp,
): Promise<Record<string, string>> {
  const pem = whatsapp.kind === "simulator" ? whatsapp.simulator.caPem : undefined;
  if (pem === undefined) return {};
  const folder = await mkdtemp(join(tmpdir(), "wafleet-ca-"));
  started.defer(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, "ca.pem");
  await writeFile(file, pem);
  return { NODE_EXTRA_CA_CERTS: file };
}
