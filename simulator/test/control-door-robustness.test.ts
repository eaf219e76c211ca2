import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import type { Simulator } from "#simulator/simulator.ts";
import { startSimulator } from "#simulator/start-simulator.ts";

/** Sends bytes as they are and gives what comes back until the connection ends. */
const sendRaw = async (simulator: Simulator, bytes: string): Promise<string> => {
  const socket = connect(Number(new URL(simulator.controlUrl).port), "127.0.0.1");
  let answer = "";
  socket.on("data", (chunk: Buffer) => {
    answer += chunk.toString();
  });
  socket.on("error", () => {});
  socket.end(bytes);
  await once(socket, "close");
  return answer;
};

const get = (target: string): string =>
  `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
const upgrade = (target: string): string =>
  `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
const post = (target: string, body: string): string =>
  `POST ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

test.each([
  ["a path that is no URL", get("//"), "4"],
  ["a path with broken percent encoding", get("/control/phones/%E0%A4%A"), "400"],
  ["an upgrade of a path that is no URL", upgrade("//"), "404"],
  ["no JSON", post("/control/phones", "{"), "400"],
  ["JSON that is no object", post("/control/groups", "[[]]"), "400"],
  ["null", post("/control/faults", "null"), "400"],
  [
    "the name of something that every object has",
    post("/control/phones/1/actions/toString", "{}"),
    "404",
  ],
  ["a body that ends early", post("/control/phones", "{}").replace("Length: 2", "Length: 9"), ""],
  ["no HTTP", "hello\r\n\r\n", "400"],
])("%s harms nobody", async (_name, bytes, status) => {
  await using simulator = await startSimulator();
  expect(await sendRaw(simulator, bytes)).toContain(status === "" ? "" : `HTTP/1.1 ${status}`);
  const phones = await fetch(`${simulator.controlUrl}/control/phones`);
  expect(await phones.json()).toEqual([]);
});
