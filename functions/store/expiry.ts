/** A point in time as DynamoDB's TTL wants it: whole seconds since 1970. */
export function expiryAt(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
