/** What tenants may have us call by webhooks, files' URLs and proxies: the public internet, or anything at all. */
export const tenantTargets = ["public", "any"] as const;

export type TenantTargets = (typeof tenantTargets)[number];
