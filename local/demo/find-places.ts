import { parseArgs } from "node:util";
import { readRuntimeFile } from "#local/start/runtime-file.ts";
import { StartError } from "#local/start/start-error.ts";
import type { Places } from "./story.ts";

const usage = `usage: npm run demo -- [options]
  --data DIR          data folder of the npm start to use (.wafleet)
  --url URL           the HTTP API, instead of what that npm start says
  --socket-url URL    the WebSocket API
  --control-url URL   the simulator`;

/**
 * Where the demo plays: as the flags say, else as the running system wrote down.
 * @throws {StartError}
 */
export function findPlaces(args: string[]): Places {
  const flags = parse(args);
  const { url, "socket-url": socketUrl, "control-url": controlUrl } = flags;
  if (url !== undefined && socketUrl !== undefined && controlUrl !== undefined) {
    return { apiUrl: url, socketUrl, controlUrl };
  }
  const written = readRuntimeFile(flags.data);
  const control = controlUrl ?? written.controlUrl;
  if (control === null) {
    throw new StartError(
      "The demo needs simulated phones: run npm start without --whatsapp live, or give --control-url.",
    );
  }
  return {
    apiUrl: url ?? written.apiUrl,
    socketUrl: socketUrl ?? written.socketUrl,
    controlUrl: control,
  };
}

function parse(args: string[]) {
  try {
    const options = {
      data: { type: "string", default: ".wafleet" },
      url: { type: "string" },
      "socket-url": { type: "string" },
      "control-url": { type: "string" },
    } as const;
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}
