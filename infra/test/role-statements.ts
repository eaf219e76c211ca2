import type { Fleet } from "./synth-fleet.ts";

export type Statement = {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Principal?: unknown;
  Condition?: unknown;
};

type Policy = { PolicyDocument: { Statement: Statement[] }; Roles: { Ref: string }[] };

/** What a role may do, by its logical id. */
export function statementsOf(fleet: Fleet, roleId: string): Statement[] {
  return Object.values(fleet.find<Policy>("AWS::IAM::Policy"))
    .filter(({ Properties }) => Properties.Roles.some(({ Ref }) => Ref === roleId))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

/** Allowed actions on a resource and on what is below it. */
export function actionsOn(statements: readonly Statement[], resourceId: string): string[] {
  const actions = statements
    .filter(({ Resource }) => JSON.stringify(Resource).includes(`"${resourceId}"`))
    .flatMap(({ Action }) => Action);
  return [...new Set(actions)].toSorted();
}

/** The role of each process, by the processes' names. */
export function rolesByProcess(fleet: Fleet): Map<string, string> {
  // CDK's own helpers have no name.
  type Lambda = { FunctionName?: string; Role: { "Fn::GetAtt": [string, string] } };
  const lambdas = Object.values(fleet.find<Lambda>("AWS::Lambda::Function"));
  const roles = new Map(
    lambdas.flatMap(({ Properties: { FunctionName, Role } }) =>
      FunctionName ? [[FunctionName.replace("wafleet-", ""), Role["Fn::GetAtt"][0]]] : [],
    ),
  );
  type Task = { TaskRoleArn: { "Fn::GetAtt": [string, string] } };
  const [task] = Object.values(fleet.find<Task>("AWS::ECS::TaskDefinition"));
  if (task) roles.set("runner", task.Properties.TaskRoleArn["Fn::GetAtt"][0]);
  return roles;
}
