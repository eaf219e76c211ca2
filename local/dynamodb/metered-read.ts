import type { Meter } from "#local/stand-in/meter.ts";
import type { ConsumedCapacity } from "./consumed-capacity.ts";
import type { Answer, Engine } from "./engine.ts";

type Input = Record<string, unknown>;

/** Runs a read and counts it from the capacity that the engine reports, asked for or not. */
export async function meteredRead(
  deps: { engine: Engine; meter: Meter },
  operation: string,
  input: Input,
): Promise<Answer> {
  const asked = input["ReturnConsumedCapacity"];
  const isAsked = asked !== undefined && asked !== "NONE";
  const answer = await deps.engine.run(
    operation,
    isAsked ? input : { ...input, ReturnConsumedCapacity: "TOTAL" },
  );
  if (answer.status !== 200) return answer;
  const { ConsumedCapacity, ...body } = answer.body;
  for (const consumed of [ConsumedCapacity ?? []].flat() as ConsumedCapacity[]) {
    // The engine reports nothing for a query that found nothing; the service bills the minimum.
    consumed.CapacityUnits = Math.max(
      consumed.CapacityUnits,
      input["ConsistentRead"] === true ? 1 : 0.5,
    );
    deps.meter.add("dynamodb.read-units", consumed.CapacityUnits);
    deps.meter.add(`dynamodb.${consumed.TableName}.read-units`, consumed.CapacityUnits);
  }
  return isAsked ? answer : { status: answer.status, body };
}
