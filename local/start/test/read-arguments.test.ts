import { expect, test } from "vitest";
import { readArguments } from "../read-arguments.ts";

test("without flags everything has a fixed place", () => {
  expect(readArguments([])).toMatchObject({
    port: 4600,
    "socket-port": 4601,
    "console-port": 4602,
    "simulator-port": 4700,
    data: ".wafleet",
    workers: 1,
    whatsapp: "simulator",
    reset: false,
  });
});

test.each([
  [["--port", "http"], /--port must be a port: 0 to 65535/],
  [["--port", "70000"], /--port must be a port/],
  [["--workers", "two"], /--workers must be auto or a whole number from 0 to 16/],
  [["--shards", "0"], /--shards must be a whole number from 1 to 256/],
  [["--whatsapp", "real"], /--whatsapp must be simulator or live/],
  [["--data", ""], /--data must name a folder/],
  [["--prot", "1"], /Unknown option '--prot'/],
  [["now"], /Unexpected argument 'now'/],
])("%j is refused by name, with the form it must have", (args, message) => {
  expect(() => readArguments(args)).toThrow(message);
  expect(() => readArguments(args)).toThrow(/usage: npm start/);
});

test("all that is wrong is told at once", () => {
  expect(() => readArguments(["--port", "x", "--workers", "x"])).toThrow(/--port.*\n--workers/);
});
