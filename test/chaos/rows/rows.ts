import type { Row } from "../row.ts";
import { killedOwners } from "./01-killed-owners.ts";
import { frozenOwners } from "./02-frozen-owners.ts";
import { lostAnswers } from "./03-lost-answers.ts";
import { throttledStores } from "./04-throttled-stores.ts";
import { forcedOntoOneSession } from "./05-forced-onto-one-session.ts";
import { redeliveredCommands } from "./06-redelivered-commands.ts";
import { rollingDeploy } from "./07-rolling-deploy.ts";
import { disconnectCodes } from "./08-disconnect-codes.ts";
import { oddAcknowledgements } from "./09-odd-acknowledgements.ts";
import { poisonAndBacklog } from "./10-poison-and-backlog.ts";
import { retriesAfterFailover } from "./11-retries-after-failover.ts";

/** The matrix, by number. */
export const rows: Record<number, Row> = {
  1: killedOwners,
  2: frozenOwners,
  3: lostAnswers,
  4: throttledStores,
  5: forcedOntoOneSession,
  6: redeliveredCommands,
  7: rollingDeploy,
  8: disconnectCodes,
  9: oddAcknowledgements,
  10: poisonAndBacklog,
  11: retriesAfterFailover,
};
