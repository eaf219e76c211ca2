/** Where a sealed bundle lies in the `bundles` bucket. */
export function bundleKey(accountId: string, bundleId: string): string {
  return `${accountId}/${bundleId}`;
}
