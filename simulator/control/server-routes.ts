import { z } from "zod";
import { faultSchema } from "../faults/fault-schema.ts";
import { notFound, orRefuse } from "./http-error.ts";
import type { ControlRoute } from "./route.ts";
import { toPlain } from "./to-plain.ts";

const connections = z.strictObject({
  phone: z.string().optional(),
  device: z.number().int().optional(),
});
const ending = connections.extend({
  code: z.number().int().optional(),
  conflict: z.string().optional(),
});
const historyQuery = z.strictObject({
  direction: z.enum(["in", "out"]).optional(),
  device: z.string().optional(),
  tag: z.string().optional(),
  id: z.string().optional(),
  unhandled: z.stringbool().optional(),
  limit: z.coerce.number().int().positive().default(1_000),
});

const newGroup = z.strictObject({ subject: z.string(), members: z.array(z.string()).min(1) });

const holds = (assertion: () => void): { ok: boolean; message?: string } => {
  try {
    assertion();
    return { ok: true };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
};

export const serverRoutes: ControlRoute[] = [
  {
    method: "GET",
    path: "/control/root",
    handle: ({ simulator }) => ({
      publicKey: Buffer.from(simulator.rootPublicKey).toString("hex"),
      url: simulator.url,
    }),
  },
  {
    method: "GET",
    path: "/control/ca",
    handle: ({ simulator }) => ({ pem: simulator.caPem }),
  },
  {
    method: "GET",
    path: "/control/history",
    handle: ({ simulator, query }) => {
      const { limit, ...filter } = historyQuery.parse(Object.fromEntries(query));
      return simulator.history.stanzas(filter).slice(-limit).map(toPlain);
    },
  },
  {
    method: "DELETE",
    path: "/control/history",
    handle: ({ simulator }) => simulator.history.clear(),
  },
  {
    method: "GET",
    path: "/control/history/assertions",
    handle: ({ simulator: { history } }) => ({
      noCounterReuse: holds(() => history.assertNoCounterReuse()),
      receivedOnce: holds(() => history.assertReceivedOnce()),
      confirmedOnce: holds(() => history.assertConfirmedOnce()),
      orderKept: holds(() => history.assertOrderKept()),
    }),
  },
  {
    method: "POST",
    path: "/control/groups",
    handle: ({ simulator, json }) =>
      orRefuse(async () => simulator.createGroup(newGroup.parse(json()))),
  },
  {
    method: "GET",
    path: "/control/faults",
    handle: ({ world }) => world.faults.list(),
  },
  {
    method: "POST",
    path: "/control/faults",
    handle: ({ world, json }) => ({ id: world.faults.start(faultSchema.parse(json())).id }),
  },
  {
    method: "DELETE",
    path: "/control/faults",
    handle: ({ world }) => world.faults.endAll(),
  },
  {
    method: "DELETE",
    path: "/control/faults/:id",
    handle: ({ world, params }) => {
      if (!world.faults.end(Number(params["id"])))
        throw notFound(
          `fault ${params["id"]} is not active: GET /control/faults lists those that are`,
        );
    },
  },
  {
    method: "POST",
    path: "/control/connections/drop",
    handle: ({ simulator, text, json }) =>
      simulator.dropConnections(text === "" ? undefined : connections.parse(json())),
  },
  {
    method: "POST",
    path: "/control/connections/close",
    handle: ({ simulator, json }) => {
      const { code, conflict, ...match } = ending.parse(json());
      simulator.closeStream(match, { code, conflict });
    },
  },
];
