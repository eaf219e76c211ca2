/** A value as CloudFormation would fill it in, each reference as some plain text. */
export function asDeployed(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (!("Fn::Join" in value) || !Array.isArray(value["Fn::Join"])) return "reference";
  const [separator, parts]: unknown[] = value["Fn::Join"];
  return Array.isArray(parts) ? parts.map(asDeployed).join(String(separator)) : "reference";
}
