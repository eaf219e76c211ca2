import { Validations } from "aws-cdk-lib";
import {
  GatewayVpcEndpointAwsService,
  Port,
  Peer,
  SecurityGroup,
  SubnetType,
  Vpc,
} from "aws-cdk-lib/aws-ec2";
import type { IVpc } from "aws-cdk-lib/aws-ec2";
import type { Construct } from "constructs";

export type Network = {
  vpc: IVpc;
  securityGroup: SecurityGroup;
  /** Whether workers have addresses of their own, which is how they get out without a gateway. */
  isPublic: boolean;
};

export type NetworkOptions = {
  stage: string;
  vpc?: IVpc;
  natGateways: number;
  /** Ports of tenants' proxies. */
  proxyPorts: number[];
};

/**
 * Where workers run: public subnets, because a NAT gateway alone would cost more than the workers,
 * with nothing let in. DynamoDB and S3 are reached through gateways that are free.
 */
export function createNetwork(scope: Construct, options: NetworkOptions): Network {
  const vpc = options.vpc ?? createVpc(scope, options);
  const securityGroup = new SecurityGroup(scope, "worker-security-group", {
    vpc,
    description: "Workers: nothing in; TLS and proxies out",
    allowAllOutbound: false,
  });
  securityGroup.addEgressRule(Peer.anyIpv4(), Port.tcp(443), "AWS and WhatsApp");
  for (const port of options.proxyPorts) {
    securityGroup.addEgressRule(Peer.anyIpv4(), Port.tcp(port), "Proxies of sessions");
  }
  const isPublic = options.vpc ? vpc.privateSubnets.length === 0 : options.natGateways === 0;
  return { vpc, securityGroup, isPublic };
}

function createVpc(scope: Construct, { stage, natGateways }: NetworkOptions): IVpc {
  const open = { name: "public", subnetType: SubnetType.PUBLIC, mapPublicIpOnLaunch: false };
  const inner = { name: "private", subnetType: SubnetType.PRIVATE_WITH_EGRESS };
  // Their addresses are set aside without a gateway too, so that one can be added later.
  const reserved = natGateways === 0;
  // The cast is for exactOptionalPropertyTypes, which the library was not written for.
  const vpc = new Vpc(scope, "network", {
    vpcName: stage,
    maxAzs: 2,
    natGateways,
    // Nothing is in the default group; emptying it takes a Lambda of CDK's.
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [open, { ...inner, reserved }],
    gatewayEndpoints: {
      dynamodb: { service: GatewayVpcEndpointAwsService.DYNAMODB },
      s3: { service: GatewayVpcEndpointAwsService.S3 },
    },
  }) as IVpc;
  Validations.of(vpc).acknowledge({
    id: "AwsSolutions-VPC7",
    reason:
      "Nothing is let in, and all that goes out is TLS to AWS and WhatsApp: flow logs would cost by the byte and say only that.",
  });
  return vpc;
}
