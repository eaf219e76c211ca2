import { z } from "zod";
import { defineRoute } from "./define-route.ts";

export const insightRoutes = {
  getHealth: defineRoute({
    name: "getHealth",
    method: "GET",
    path: "/v1/health",
    lambda: "insight",
    summary: "Is the API up",
    auth: {
      access: "public",
      why: "load balancers and uptime checks ask it; it says nothing else",
    },
    responses: { 200: { description: "Up", body: z.object({ status: z.literal("ok") }) } },
    faults: [],
  }),
};
