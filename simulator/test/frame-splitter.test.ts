import * as fc from "fast-check";
import { expect, test } from "vitest";
import { makeFrameSplitter, toFrame } from "#simulator/noise/frame-splitter.ts";
import { connectionHeader } from "#simulator/noise/respond-handshake.ts";

const limit = 1_000;

test("frames come out whole however the stream is cut", () => {
  const frames = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 });
  const routing = fc.option(fc.uint8Array({ maxLength: 50 }), { nil: undefined });
  fc.assert(
    fc.property(frames, routing, fc.array(fc.nat({ max: 40 })), (bodies, routingInfo, cuts) => {
      const prefix = routingInfo
        ? [Buffer.from("ED"), Buffer.from([0, 1]), toFrame(routingInfo)]
        : [];
      let stream = Buffer.concat([...prefix, connectionHeader, ...bodies.map(toFrame)]);
      const split = makeFrameSplitter(() => limit);
      const found: Buffer[] = [];
      for (const cut of cuts) {
        found.push(...split(stream.subarray(0, cut)));
        stream = stream.subarray(cut);
      }
      found.push(...split(stream));
      expect(found.map((frame) => frame.toString("hex"))).toEqual(
        bodies.map((body) => Buffer.from(body).toString("hex")),
      );
    }),
  );
});

test("a stream that is no client's, or announces too much, is refused", () => {
  const refuse = (...bytes: Uint8Array[]) =>
    expect(() => [...makeFrameSplitter(() => limit)(Buffer.concat(bytes))]).toThrow();
  refuse(Buffer.from("HTTP"));
  refuse(connectionHeader, Buffer.from([0, 3, 233]));
  refuse(Buffer.from("ED"), Buffer.from([0, 1, 1, 0, 0]));
});
