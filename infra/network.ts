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

export type Network = { vpc: IVpc; securityGroup: SecurityGroup };

/**
 * Where workers run: public subnets, because a NAT gateway alone would cost more than the workers,
 * with nothing let in. DynamoDB and S3 are reached through gateways that are free.
 */
export function createNetwork(scope: Construct, stage: string): Network {
  // The cast is for exactOptionalPropertyTypes, which the library was not written for.
  const vpc = new Vpc(scope, "network", {
    vpcName: stage,
    maxAzs: 2,
    natGateways: 0,
    subnetConfiguration: [
      { name: "workers", subnetType: SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
    ],
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
  const securityGroup = new SecurityGroup(scope, "worker-security-group", {
    vpc,
    description: "Workers: nothing in, TLS out",
    allowAllOutbound: false,
  });
  securityGroup.addEgressRule(Peer.anyIpv4(), Port.tcp(443), "AWS and WhatsApp");
  return { vpc, securityGroup };
}
