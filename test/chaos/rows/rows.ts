import type { Row } from "../row.ts";
import { killedOwners } from "./01-killed-owners.ts";
import { frozenOwners } from "./02-frozen-owners.ts";
import { forcedOntoOneSession } from "./05-forced-onto-one-session.ts";
import { rollingDeploy } from "./07-rolling-deploy.ts";

/** The matrix, by number. */
export const rows: Record<number, Row> = {
  1: killedOwners,
  2: frozenOwners,
  5: forcedOntoOneSession,
  7: rollingDeploy,
};
