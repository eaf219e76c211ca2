import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { Simulator } from "../simulator.ts";
import type { World } from "../world.ts";
import { servePage } from "../page/serve-page.ts";
import { actionRoutes } from "./action-routes.ts";
import { ControlError, notFound } from "./http-error.ts";
import { linkingRoutes } from "./linking-routes.ts";
import { phoneRoutes } from "./phone-routes.ts";
import { matchPath, type ControlRequest, type ControlRoute } from "./route.ts";
import { serverRoutes } from "./server-routes.ts";
import { makeShownQrs } from "./shown-qrs.ts";

const routes: ControlRoute[] = [...linkingRoutes, ...phoneRoutes, ...actionRoutes, ...serverRoutes];
const usualBody = 64 * 1024;

const readBody = async (request: IncomingMessage, largestBody: number): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody)
      throw new ControlError(413, "too_large", `the body is over ${largestBody} bytes: shorten it`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
};

const parseJson = (text: string): unknown => {
  try {
    return text === "" ? {} : (JSON.parse(text) as unknown);
  } catch {
    throw new ControlError(400, "invalid_json", "the body is not JSON: send an object");
  }
};

const findRoute = (method: string, path: string) => {
  for (const route of routes) {
    const params = route.method === method ? matchPath(route.path, path) : undefined;
    if (params) return { route, params };
  }
  throw notFound(
    `there is no ${method} ${path}: known are ` +
      routes.map((route) => `${route.method} ${route.path}`).join(", "),
  );
};

const describeError = (error: unknown): { status: number; error: string; message: string } => {
  if (error instanceof ControlError)
    return { status: error.status, error: error.code, message: error.message };
  if (error instanceof z.ZodError)
    return { status: 400, error: "invalid_request", message: z.prettifyError(error) };
  const message = error instanceof Error ? error.message : String(error);
  return { status: 500, error: "internal", message };
};

const pathOf = (request: IncomingMessage): URL => {
  try {
    return new URL(`http://simulator${request.url ?? "/"}`);
  } catch {
    throw new ControlError(400, "invalid_path", "the path is not one of a URL");
  }
};

/** The HTTP side of the simulator, for its page, for tests in other processes, and for demos. */
export const makeControlDoor = (simulator: Simulator, world: World) => {
  const shownQrs = makeShownQrs(world.registrations);

  const answer = async (request: IncomingMessage): Promise<unknown> => {
    const url = pathOf(request);
    const { route, params } = findRoute(request.method ?? "GET", url.pathname);
    const text = await readBody(request, route.largestBody ?? usualBody);
    const asked: ControlRequest = {
      simulator,
      world,
      shownQrs,
      params,
      query: url.searchParams,
      text,
      json: () => parseJson(text),
    };
    return (await route.handle(asked)) ?? {};
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (servePage(request, response)) return;
    const reply = (status: number, body: unknown): void => {
      const json = JSON.stringify(body);
      response.writeHead(status, { "content-type": "application/json" });
      response.end(json);
    };
    try {
      reply(200, await answer(request));
    } catch (error) {
      const { status, ...body } = describeError(error);
      reply(status, body);
    }
  };
};
