import { afterAll, beforeAll, beforeEach } from "vitest";
import { startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

export type Tenant = Awaited<ReturnType<System["createTenant"]>>;

/** One system for the file; each test begins with a tenant of its own, and no commands in the queue. */
export function withTenant(take: (scene: { system: System; tenant: Tenant }) => unknown): void {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(() => system[Symbol.asyncDispose]());
  beforeEach(async () => {
    while ((await system.takeCommands()).length > 0);
    await take({ system, tenant: await system.createTenant() });
  });
}
