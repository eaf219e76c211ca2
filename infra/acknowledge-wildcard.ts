import { Stack, Validations } from "aws-cdk-lib";
import type { Construct, IConstruct } from "constructs";

/**
 * Tells the checks why this one resource may end in a wildcard. They know a resource by its text
 * with references in angle brackets, as in `<Bucket.Arn>/*`.
 */
export function acknowledgeWildcard(scope: Construct, resource: string, reason: string): void {
  const id = `AwsSolutions-IAM5[Resource::${asFinding(scope, resource)}]`;
  Validations.of(scope).acknowledge({ id, reason });
}

/** A text with references as the checks write it. */
export function asFinding(scope: IConstruct, text: string): string {
  return flatten(Stack.of(scope).resolve(text));
}

function flatten(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return "";
  if ("Ref" in value) return `<${String(value.Ref)}>`;
  if ("Fn::GetAtt" in value && Array.isArray(value["Fn::GetAtt"])) {
    return `<${value["Fn::GetAtt"].join(".")}>`;
  }
  if ("Fn::Join" in value && Array.isArray(value["Fn::Join"])) {
    const [separator, parts]: unknown[] = value["Fn::Join"];
    return Array.isArray(parts) ? parts.map(flatten).join(String(separator)) : "";
  }
  return "";
}
