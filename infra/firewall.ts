import { CfnWebACL } from "aws-cdk-lib/aws-wafv2";
import type { Construct } from "constructs";

/** Requests of one address in five minutes. */
const addressLimit = 3_000;

const managed = ["AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet"];

/**
 * A firewall before the console's distribution, and before the API for who calls it there. AWS takes
 * it in us-east-1 only.
 */
export function createFirewall(scope: Construct, stage: string): CfnWebACL {
  const seen = (metricName: string) => ({
    cloudWatchMetricsEnabled: true,
    metricName,
    sampledRequestsEnabled: true,
  });
  return new CfnWebACL(scope, "firewall", {
    name: stage,
    scope: "CLOUDFRONT",
    defaultAction: { allow: {} },
    visibilityConfig: seen(stage),
    rules: [
      {
        name: "address-rate",
        priority: 0,
        action: { block: {} },
        statement: { rateBasedStatement: { limit: addressLimit, aggregateKeyType: "IP" } },
        visibilityConfig: seen(`${stage}-address-rate`),
      },
      ...managed.map((name, index) => ({
        name,
        priority: index + 1,
        overrideAction: { none: {} },
        statement: {
          managedRuleGroupStatement: {
            vendorName: "AWS",
            name,
            // Media and batches are larger than 8 KB.
            ...(index === 0 && {
              ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }],
            }),
          },
        },
        visibilityConfig: seen(`${stage}-${name}`),
      })),
    ],
  });
}
