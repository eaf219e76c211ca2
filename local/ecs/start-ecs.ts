import { AwsError } from "#local/stand-in/aws-error.ts";
import { startAwsJsonServer } from "#local/stand-in/aws-json-server.ts";
import type { StandIn, StandInOptions } from "#local/stand-in/stand-in.ts";

export type EcsStandIn = StandIn & {
  /** What the service is asked to run now. */
  desiredCount: () => number;
};

export type EcsOptions = StandInOptions & {
  cluster: string;
  service: string;
  desiredCount: number;
  /** Called whenever another number is asked for. */
  onDesired: (count: number) => void;
};

type Named = { cluster?: string };
type Describe = Named & { services?: string[] };
type Update = Named & { service?: string; desiredCount?: number };

/** A local ECS with one service: it can be described, and asked for another number of tasks. */
export async function startEcs(options: EcsOptions): Promise<EcsStandIn> {
  const { cluster, service, onDesired } = options;
  let desiredCount = options.desiredCount;

  const shown = () => ({
    serviceName: service,
    serviceArn: `arn:aws:ecs:us-east-1:000000000000:service/${cluster}/${service}`,
    status: "ACTIVE",
    desiredCount,
  });

  function requireCluster({ cluster: named }: Named): void {
    if (named === cluster) return;
    throw new AwsError("ClusterNotFoundException", "Cluster not found.");
  }

  const server = await startAwsJsonServer(
    {
      protocol: "1.1",
      target: "AmazonEC2ContainerServiceV20141113",
      errorNamespace: "com.amazonaws.ecs",
      operations: {
        DescribeServices(input: Describe) {
          requireCluster(input);
          const asked = input.services ?? [];
          const missing = asked.filter((name) => name !== service);
          return {
            services: asked.includes(service) ? [shown()] : [],
            failures: missing.map((name) => ({ arn: name, reason: "MISSING" })),
          };
        },
        UpdateService(input: Update) {
          requireCluster(input);
          if (input.service !== service) {
            throw new AwsError("ServiceNotFoundException", "Service not found.");
          }
          const wanted = input.desiredCount ?? desiredCount;
          if (wanted < 0)
            throw new AwsError("InvalidParameterException", "desiredCount is negative");
          if (wanted !== desiredCount) {
            desiredCount = wanted;
            onDesired(wanted);
          }
          return { service: shown() };
        },
      },
      throttled: () => new AwsError("ThrottlingException", "Rate exceeded"),
      meterName: "ecs",
    },
    options,
  );
  return { ...server, desiredCount: () => desiredCount };
}
