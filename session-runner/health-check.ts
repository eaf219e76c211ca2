// Run by Docker or ECS beside the worker: ends with 0 when it is healthy.
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { readConfig } from "#shared/config.ts";
import { healthy, toSocketPath } from "./health.ts";

const { WAFLEET_HEALTH_SOCKET: name } = readConfig(
  z.object({ WAFLEET_HEALTH_SOCKET: z.string().min(1, "must name the worker's socket") }),
);

const answer = await text(connect(toSocketPath(name))).catch(() => "no answer");
process.exit(answer === healthy ? 0 : 1);
