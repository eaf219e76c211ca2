import { afterAll, beforeAll, beforeEach } from "vitest";
import { callsOf } from "./calls.ts";
import type { Calls } from "./calls.ts";
import { startScene } from "./start-scene.ts";
import type { Scene, SceneOptions, Tenant } from "./start-scene.ts";

type Given = { scene: Scene; tenant: Tenant; calls: Calls };

/** One system for the file; each test begins with a tenant of its own, and what they ask with their key. */
export function withTenant(take: (given: Given) => unknown, options: SceneOptions = {}): void {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene(options);
  });
  afterAll(() => scene.stop());
  beforeEach(async () => {
    const tenant = await scene.createTenant();
    take({ scene, tenant, calls: callsOf(scene, tenant.key) });
  });
}
