import { DomainName } from "aws-cdk-lib/aws-apigatewayv2";
import type { IDomainName } from "aws-cdk-lib/aws-apigatewayv2";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import { ARecord, HostedZone, RecordTarget } from "aws-cdk-lib/aws-route53";
import { ApiGatewayv2DomainProperties } from "aws-cdk-lib/aws-route53-targets";
import type { Construct } from "constructs";

export type DomainSettings = {
  /** Of the HTTP API, such as `wa.example.com`; the WebSocket API is `ws.` before it. */
  name: string;
  /** For both names, in the region of the stack. */
  certificateArn: string;
  /** Where the names are entered; enter them yourself when absent. */
  hostedZone?: { id: string; name: string };
};

/** AWS serves an HTTP and a WebSocket API under one name only apart: each gets its own. */
export type Domains = { http: IDomainName; socket: IDomainName };

export function openDomains(scope: Construct, settings: DomainSettings): Domains {
  const certificate = Certificate.fromCertificateArn(scope, "certificate", settings.certificateArn);
  const open = (id: string, domainName: string) => {
    const domain = new DomainName(scope, `${id}-domain`, { domainName, certificate });
    if (settings.hostedZone) enterName(scope, domainName, domain, settings.hostedZone);
    return domain;
  };
  return { http: open("http", settings.name), socket: open("socket", `ws.${settings.name}`) };
}

function enterName(
  scope: Construct,
  name: string,
  domain: DomainName,
  { id: hostedZoneId, name: zoneName }: NonNullable<DomainSettings["hostedZone"]>,
): ARecord {
  const { regionalDomainName, regionalHostedZoneId } = domain;
  const target = new ApiGatewayv2DomainProperties(regionalDomainName, regionalHostedZoneId);
  const attributes = { hostedZoneId, zoneName };
  return new ARecord(scope, `${name}-record`, {
    zone: HostedZone.fromHostedZoneAttributes(scope, `${name}-zone`, attributes),
    recordName: `${name}.`,
    target: RecordTarget.fromAlias(target),
  });
}
