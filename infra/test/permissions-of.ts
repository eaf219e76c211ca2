import { rolesByProcess, statementsOf } from "./role-statements.ts";
import type { Statement } from "./role-statements.ts";
import type { Fleet } from "./synth-fleet.ts";

export type Permissions = {
  /** Roles' logical ids by process. */
  roles: Map<string, string>;
  statements: (process: string) => Statement[];
  tableId: (name: string) => string;
  queueId: (name: string) => string;
  bucketId: (name: string) => string;
};

/** What the processes of a fleet may do, and the logical ids of what they may do it to. */
export function permissionsOf(fleet: Fleet): Permissions {
  const roles = rolesByProcess(fleet);
  const idOf = (type: string, property: string, name: string) =>
    Object.entries(fleet.find<Record<string, unknown>>(type)).find(
      ([, { Properties }]) => Properties[property] === name,
    )?.[0] ?? "missing";
  return {
    roles,
    statements: (process) => statementsOf(fleet, roles.get(process) ?? "missing"),
    tableId: (name) => idOf("AWS::DynamoDB::GlobalTable", "TableName", `wafleet-${name}`),
    queueId: (name) => idOf("AWS::SQS::Queue", "QueueName", `wafleet-${name}.fifo`),
    bucketId: (name) =>
      Object.entries(fleet.find<{ BucketName: unknown }>("AWS::S3::Bucket")).find(([, made]) =>
        JSON.stringify(made.Properties.BucketName).includes(`wafleet-${name}-`),
      )?.[0] ?? "missing",
  };
}
