import { prices } from "#infra/prices.ts";

/** Memory that our Lambdas are given, in GB. */
const lambdaMemoryGb = 0.5;

export type Usage = Record<string, number>;

export type BilledLine = { what: string; amount: number; dollars: number };

/** What AWS would bill for counted usage, line by line. */
export function toBill(usage: Usage): BilledLine[] {
  const count = (key: string) => usage[key] ?? 0;
  const line = (what: string, amount: number, price: number): BilledLine => ({
    what,
    amount,
    dollars: amount * price,
  });
  return [
    line("DynamoDB write units", count("dynamodb.write-units"), prices.writeUnit),
    ...byTable(usage, "write-units"),
    line("DynamoDB read units", count("dynamodb.read-units"), prices.readUnit),
    ...byTable(usage, "read-units"),
    line("SQS requests", count("sqs.requests"), prices.fifoRequest),
    line("HTTP API requests", count("apigateway.http-requests"), prices.httpRequest),
    line("WebSocket messages", count("apigateway.websocket-messages"), prices.websocketMessage),
    line("Lambda invocations", count("lambda.invocations"), prices.lambdaInvocation),
    line("Lambda GB-seconds", (count("lambda.ms") / 1_000) * lambdaMemoryGb, prices.lambdaGbSecond),
    line("KMS requests", count("kms.requests"), prices.kmsRequest),
    line("S3 PUT, LIST requests", count("s3.put-requests"), prices.s3Put),
    line("S3 GET requests", count("s3.get-requests"), prices.s3Get),
  ];
}

/** Where the units went; they are priced in the line above. */
function byTable(usage: Usage, unit: "write-units" | "read-units"): BilledLine[] {
  return Object.entries(usage).flatMap(([name, amount]) => {
    const table = new RegExp(`^dynamodb\\.wafleet-(.+)\\.${unit}$`).exec(name)?.[1];
    return table === undefined ? [] : [{ what: `  of which ${table}`, amount, dollars: 0 }];
  });
}

export function totalDollars(bill: BilledLine[]): number {
  return bill.reduce((sum, { dollars }) => sum + dollars, 0);
}
