import type { Answer, Engine } from "./engine.ts";
import type { WireItem } from "./item-size.ts";

type Input = Record<string, unknown>;
type Setting = { AttributeName: string; Enabled: boolean };

/** Answers `UpdateTimeToLive` and `DescribeTimeToLive`. */
export async function answerTimeToLive(
  engine: Engine,
  operation: string,
  input: Input,
): Promise<Answer> {
  const table = String(input["TableName"]);
  if (!(await engine.findTable(table))) {
    return refuse(
      "ResourceNotFoundException",
      `Requested resource not found: Table: ${table} not found`,
    );
  }
  const current = await findSetting(engine, table);
  if (operation === "DescribeTimeToLive") return describe(current);
  const wanted = input["TimeToLiveSpecification"] as Partial<Setting> | undefined;
  if (typeof wanted?.AttributeName !== "string" || typeof wanted.Enabled !== "boolean") {
    return refuse("ValidationException", "TimeToLiveSpecification needs AttributeName and Enabled");
  }
  if (wanted.Enabled === (current?.Enabled ?? false)) {
    const state = wanted.Enabled ? "enabled" : "disabled";
    return refuse("ValidationException", `TimeToLive is already ${state}`);
  }
  await engine.putNote(noteName(table), {
    AttributeName: { S: wanted.AttributeName },
    Enabled: { BOOL: wanted.Enabled },
  });
  return { status: 200, body: { TimeToLiveSpecification: wanted } };
}

/** Deletes what has expired by `now` (milliseconds) in every table, as the service does later. */
export async function sweepExpired(
  engine: Engine,
  deleteItem: (input: Input) => Promise<Answer>,
  now: number,
): Promise<number> {
  let swept = 0;
  for (const table of await listTables(engine)) {
    const setting = await findSetting(engine, table);
    if (!setting?.Enabled) continue;
    const record = await engine.findTable(table);
    const keys = record?.KeySchema.map((key) => key.AttributeName) ?? [];
    for (const item of await findExpired(engine, table, setting.AttributeName, now)) {
      const answer = await deleteItem({
        TableName: table,
        Key: Object.fromEntries(keys.map((key) => [key, item[key]])),
        // The item may have been renewed since it was read.
        ConditionExpression: "#expiry = :expiry",
        ExpressionAttributeNames: { "#expiry": setting.AttributeName },
        ExpressionAttributeValues: { ":expiry": item[setting.AttributeName] },
      });
      if (answer.status === 200) swept += 1;
    }
  }
  return swept;
}

async function findExpired(
  engine: Engine,
  table: string,
  attribute: string,
  now: number,
): Promise<WireItem[]> {
  const expired: WireItem[] = [];
  let start: unknown;
  do {
    const page = await engine.run("Scan", {
      TableName: table,
      FilterExpression: "attribute_type(#expiry, :number) AND #expiry <= :now",
      ExpressionAttributeNames: { "#expiry": attribute },
      ExpressionAttributeValues: {
        ":number": { S: "N" },
        ":now": { N: String(Math.floor(now / 1000)) },
      },
      ...(start !== undefined && { ExclusiveStartKey: start }),
    });
    expired.push(...((page.body["Items"] as WireItem[] | undefined) ?? []));
    start = page.body["LastEvaluatedKey"];
  } while (start !== undefined);
  return expired;
}

async function listTables(engine: Engine): Promise<string[]> {
  const names: string[] = [];
  let last: unknown;
  do {
    const page = await engine.run("ListTables", {
      ...(last !== undefined && { ExclusiveStartTableName: last }),
    });
    names.push(...(page.body["TableNames"] as string[]));
    last = page.body["LastEvaluatedTableName"];
  } while (last !== undefined);
  return names;
}

/** A table that is deleted and made anew starts without expiry. */
export async function forgetTimeToLive(engine: Engine, table: string): Promise<void> {
  await engine.putNote(noteName(table), {});
}

async function findSetting(engine: Engine, table: string): Promise<Setting | undefined> {
  const { AttributeName, Enabled } = (await engine.findNote(noteName(table))) ?? {};
  if (AttributeName?.S === undefined) return undefined;
  return { AttributeName: AttributeName.S, Enabled: Enabled?.BOOL === true };
}

function describe(setting: Setting | undefined): Answer {
  const description = setting?.Enabled
    ? { TimeToLiveStatus: "ENABLED", AttributeName: setting.AttributeName }
    : { TimeToLiveStatus: "DISABLED" };
  return { status: 200, body: { TimeToLiveDescription: description } };
}

function refuse(code: string, message: string): Answer {
  const namespace =
    code === "ValidationException"
      ? "com.amazon.coral.validate"
      : "com.amazonaws.dynamodb.v20120810";
  return { status: 400, body: { __type: `${namespace}#${code}`, message } };
}

function noteName(table: string): string {
  return `time-to-live/${table}`;
}
