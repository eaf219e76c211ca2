/** What a value becomes on its way into or out of a Lambda function: JSON and back. */
export function throughJson(value: unknown): unknown {
  const json = JSON.stringify(value) as string | undefined;
  return json === undefined ? null : (JSON.parse(json) as unknown);
}
