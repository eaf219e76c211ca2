#!/usr/bin/env node
import { writeFile } from "node:fs/promises";
import { readArguments, usage, type Arguments } from "./read-arguments.ts";
import { startSimulator } from "./start-simulator.ts";

const fail = (message: string, status = 1): never => {
  console.error(message);
  process.exit(status);
};

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

const readOrExplain = (): Arguments => {
  try {
    return readArguments(process.argv.slice(2));
  } catch (error) {
    return fail(`${reasonOf(error)}\n\n${usage}`, 2);
  }
};

const { port, mediaPort, data, tls, ca, qrSeconds, help } = readOrExplain();
if (help) {
  console.log(usage);
  process.exit(0);
}

const explainStart = (error: unknown): never => {
  const { code } = error as { code?: unknown };
  if (code === "EADDRINUSE")
    return fail(`port ${port} is taken: stop what listens there, or give another --port`);
  return fail(`cannot start: ${reasonOf(error)}`);
};

const simulator = await startSimulator({
  port,
  mediaPort,
  dataDir: data,
  tls,
  refTtlMs: qrSeconds === undefined ? undefined : qrSeconds * 1000,
  onProtocolError: (error, connection) =>
    console.error(`connection ${connection} closed: ${String(error)}`),
}).catch(explainStart);

if (ca !== undefined)
  await writeFile(ca, simulator.caPem).catch((error: unknown) =>
    fail(`cannot write the certificate: ${reasonOf(error)}`),
  );

console.log(`WhatsApp     ${simulator.url}`);
console.log(`control      ${simulator.controlUrl}/control`);
console.log(`root key     ${Buffer.from(simulator.rootPublicKey).toString("hex")}`);
if (ca !== undefined) console.log(`TLS trust    ${ca}`);
console.log(`phones       ${simulator.controlUrl}/ (open it in a browser)`);
console.log(`state        ${data ?? "memory only"}`);

const stop = (): void => {
  simulator.stop().then(
    () => process.exit(0),
    (error: unknown) => fail(`did not stop cleanly: ${reasonOf(error)}`),
  );
};
process.once("SIGINT", stop);
process.once("SIGTERM", stop);
