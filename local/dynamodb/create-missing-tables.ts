import { setImmediate as nextTurn } from "node:timers/promises";
import type { Answer, Engine } from "./engine.ts";
import { type TableSpec, toCreateTable } from "./table-spec.ts";

type Run = (operation: string, input: Record<string, unknown>) => Promise<Answer>;

/** Creates the tables that are absent and switches their expiry on. */
export async function createMissingTables(
  engine: Engine,
  run: Run,
  specs: TableSpec[],
): Promise<void> {
  for (const spec of specs) {
    const found = await engine.findTable(spec.name);
    if (found?.TableStatus === "ACTIVE") continue;
    // A process that was killed while it created the table left it in CREATING, empty, for ever.
    if (found) await engine.forgetTable(spec.name);
    await require(run, "CreateTable", toCreateTable(spec));
    while ((await engine.findTable(spec.name))?.TableStatus !== "ACTIVE") await nextTurn();
    if (spec.ttlAttribute === undefined) continue;
    const described = await require(run, "DescribeTimeToLive", { TableName: spec.name });
    const { TimeToLiveDescription } = described.body as {
      TimeToLiveDescription: { TimeToLiveStatus: string };
    };
    if (TimeToLiveDescription.TimeToLiveStatus === "ENABLED") continue;
    await require(run, "UpdateTimeToLive", {
      TableName: spec.name,
      TimeToLiveSpecification: { AttributeName: spec.ttlAttribute, Enabled: true },
    });
  }
}

async function require(run: Run, operation: string, input: Record<string, unknown>) {
  const answer = await run(operation, input);
  if (answer.status === 200) return answer;
  throw new Error(
    `${operation} of table ${String(input["TableName"])} was refused: ${JSON.stringify(answer.body)}`,
  );
}
