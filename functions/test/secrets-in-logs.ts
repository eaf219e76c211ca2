/** What of these a log line shows: tokens, keys, passwords, whole phone numbers. */
export function secretsIn(lines: string[], secrets: string[]): string[] {
  const text = lines.join("\n");
  return secrets.filter((secret) => secret.length > 0 && text.includes(secret));
}
