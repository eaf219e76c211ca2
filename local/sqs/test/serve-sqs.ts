import { startSqs } from "../start-sqs.ts";

// A process to be killed: serves the given folder and tells where.
const standIn = await startSqs({
  dataDir: process.argv[2] ?? "",
  queues: [{ name: "killed.fifo" }],
});
console.log(standIn.endpoint);
