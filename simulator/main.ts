import { parseArgs } from "node:util";
import { startSimulator } from "./start-simulator.ts";

const usage = "usage: node simulator/main.ts [--port 4700] [--data DIRECTORY]";

const fail = (message: string): never => {
  console.error(`${message}\n${usage}`);
  process.exit(2);
};

const readArguments = (): { port: number; data: string | undefined } => {
  try {
    const { values } = parseArgs({
      options: { port: { type: "string", default: "4700" }, data: { type: "string" } },
    });
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port > 65_535)
      return fail(`--port ${values.port} is not a port: give a number from 0 to 65535`);
    return { port, data: values.data };
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
};

const { port, data } = readArguments();
const simulator = await startSimulator({
  port,
  dataDir: data,
  onProtocolError: (error, connection) =>
    console.error(`connection ${connection} closed: ${String(error)}`),
}).catch((error: unknown) => fail(`cannot start: ${String(error)}`));

console.log(`WhatsApp     ${simulator.url}`);
console.log(`control      ${simulator.controlUrl}/control`);
console.log(`root key     ${Buffer.from(simulator.rootPublicKey).toString("hex")}`);
console.log(`state        ${data ?? "memory only"}`);

const stop = (): void => {
  simulator.stop().then(
    () => process.exit(0),
    (error: unknown) => fail(`did not stop cleanly: ${String(error)}`),
  );
};
process.once("SIGINT", stop);
process.once("SIGTERM", stop);
