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
    if (settings.hostedZone) {
      const { id: hostedZoneId, name: zoneName } = settings.hostedZone;
      const zone = HostedZone.fromHostedZoneAttributes(scope, `${id}-zone`, {
        hostedZoneId,
        zoneName,
      });
      const target = new ApiGatewayv2DomainProperties(
        domain.regionalDomainName,
        domain.regionalHostedZoneId,
      );
      new ARecord(scope, `${id}-record`, {
        zone,
        recordName: `${domainName}.`,
        target: RecordTarget.fromAlias(target),
      });
    }
    return domain;
  };
  return { http: open("http", settings.name), socket: open("socket", `ws.${settings.name}`) };
}
