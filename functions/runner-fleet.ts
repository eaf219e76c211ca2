// The ECS service that runs the workers.
import { DescribeServicesCommand, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import type { ECSClient } from "@aws-sdk/client-ecs";

export type FleetService = {
  /** Workers that ECS is asked to run. */
  desired(): Promise<number>;
  scale(workers: number): Promise<void>;
};

/** @param name `<cluster>/<service>` */
export function createFleetService(ecs: ECSClient, name: string): FleetService {
  const [cluster = "", service = ""] = name.split("/");
  return {
    async desired() {
      const { services = [] } = await ecs.send(
        new DescribeServicesCommand({ cluster, services: [service] }),
      );
      const desired = services[0]?.desiredCount;
      if (desired === undefined) throw new Error(`there is no ECS service ${name}`);
      return desired;
    },
    async scale(workers) {
      await ecs.send(new UpdateServiceCommand({ cluster, service, desiredCount: workers }));
    },
  };
}

/** Somebody wants to be connected: an empty fleet gets its first worker at once. */
export async function wakeFleet(service: FleetService): Promise<void> {
  if ((await service.desired()) === 0) await service.scale(1);
}
