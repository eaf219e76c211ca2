// What a deployment costs while nothing happens, read off its template.
import { allowances, hoursAMonth, prices } from "../prices.ts";

export type Resource = { Type: string; Properties?: Record<string, unknown> };

export type FixedLine = {
  what: string;
  amount: number;
  unit: string;
  /** Dollars a month by list price. */
  listed: number;
  /** After what AWS gives each account for nothing. */
  paid: number;
};

/** Lambda polls a queue with five readers, each waiting 20 s at a time. */
const pollsAMonth = 5 * 3 * 60 * hoursAMonth;

/** What a scheduled call takes when nothing is due: a short run and a read, or one a shard. */
const callSeconds = 0.1;
const callMemoryGb = 0.25;
const sizing = "rate(5 minutes)";
const sizingReads = 16;

/** Types that cost by use or by what they hold: nothing, while nothing happens. */
const byUse =
  /^AWS::(?:ApiGatewayV2|Budgets|DynamoDB|ECS|Events|IAM|Lambda|Logs|S3|SNS|SQS|Scheduler|CloudFront|Route53|Pipes)::|^AWS::EC2::(?:VPC|Subnet|RouteTable|Route|InternetGateway|SecurityGroup|SubnetRouteTableAssociation|VPCGatewayAttachment|VPCEndpoint)$|^AWS::KMS::Alias$|^AWS::CDK::Metadata$|^Custom::/;

/**
 * The idle bill, item by item.
 * @throws {RangeError} for a type of resource whose price is not known here
 */
export function idleBill(resources: readonly Resource[]): FixedLine[] {
  const count = (type: string) => resources.filter(({ Type }) => Type === type).length;
  const fixed = [
    line("KMS key", count("AWS::KMS::Key"), "key", prices.kmsKeyMonth),
    line("secrets", count("AWS::SecretsManager::Secret"), "secret", prices.secretMonth),
    line(
      "alarms",
      sum(resources.map(alarmMetrics)),
      "metric",
      prices.alarmMetricMonth,
      allowances.alarmMetrics,
    ),
    line(
      "dashboard",
      count("AWS::CloudWatch::Dashboard"),
      "dashboard",
      prices.dashboardMonth,
      allowances.dashboards,
    ),
    line(
      "queues that Lambda polls",
      count("AWS::Lambda::EventSourceMapping") * pollsAMonth,
      "request",
      prices.fifoRequest,
      allowances.sqsRequests,
    ),
    ...scheduled(resources),
    line("NAT gateways", count("AWS::EC2::NatGateway") * hoursAMonth, "hour", prices.natHour),
    line("addresses", count("AWS::EC2::EIP") * hoursAMonth, "hour", prices.publicAddressHour),
    line(
      "firewall",
      count("AWS::WAFv2::WebACL"),
      "web ACL and its rules",
      prices.webAclMonth + 3 * prices.webAclRuleMonth,
    ),
  ];
  const priced =
    /KMS::Key$|SecretsManager::Secret$|CloudWatch::(?:Alarm|Dashboard)$|EC2::(?:NatGateway|EIP)$|WAFv2::WebACL$/;
  const unknown = resources.filter(({ Type }) => !priced.test(Type) && !byUse.test(Type));
  if (unknown.length > 0) {
    const types = [...new Set(unknown.map(({ Type }) => Type))].join(", ");
    throw new RangeError(`say in infra/bill/idle-bill.ts what these cost at rest: ${types}`);
  }
  return fixed.filter(({ amount }) => amount > 0);
}

export function total(lines: readonly FixedLine[], column: "listed" | "paid"): number {
  return sum(lines.map((each) => each[column]));
}

function line(what: string, amount: number, unit: string, price: number, free = 0): FixedLine {
  return { what, amount, unit, listed: amount * price, paid: Math.max(0, amount - free) * price };
}

/** An alarm on an expression pays for each metric in it. */
function alarmMetrics({ Type, Properties = {} }: Resource): number {
  if (Type !== "AWS::CloudWatch::Alarm") return 0;
  const { Metrics } = Properties;
  if (!Array.isArray(Metrics)) return 1;
  return Metrics.filter((metric) => "MetricStat" in (metric as object)).length;
}

function scheduled(resources: readonly Resource[]): FixedLine[] {
  const calls = sum(resources.map(callsAMonth));
  const { lambdaInvocations, lambdaGbSeconds } = allowances;
  const gbSeconds = calls * callSeconds * callMemoryGb;
  return [
    line("scheduled calls", calls, "call", prices.lambdaInvocation, lambdaInvocations),
    line("their running time", gbSeconds, "GB-second", prices.lambdaGbSecond, lambdaGbSeconds),
    line("their reads", sum(resources.map(readsAMonth)), "read unit", prices.readUnit),
  ];
}

function readsAMonth(rule: Resource): number {
  const isSizing = rule.Properties?.["ScheduleExpression"] === sizing;
  return callsAMonth(rule) * (isSizing ? sizingReads : 1);
}

function callsAMonth({ Type, Properties = {} }: Resource): number {
  const { ScheduleExpression: expression } = Properties;
  if (Type !== "AWS::Events::Rule" || typeof expression !== "string") return 0;
  const [, every = "", unit = ""] = /^rate\((\d+) (minute|hour|day)/.exec(expression) ?? [];
  const hours = { minute: 1 / 60, hour: 1, day: 24 }[unit];
  if (hours === undefined) throw new RangeError(`how often is ${expression}?`);
  return hoursAMonth / (Number(every) * hours);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}
