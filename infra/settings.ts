import { RetentionDays } from "aws-cdk-lib/aws-logs";
import { z } from "zod";
import { environment } from "#shared/resources/environment.ts";
import type { WafleetProps } from "./wafleet-props.ts";

const positive = z.coerce.number().int().min(1);
const retentionRule = "must be a number of days that CloudWatch knows, such as 7, 30 or 90";
const shardRule = "must be at most 128: CloudFormation holds 500 resources a stack";

/** A text that the processes will understand; it reaches them as it is. */
function checkedText(form: z.ZodType): z.ZodString {
  return z.string().superRefine((text, context) => {
    const message = form.safeParse(text).error?.issues[0]?.message;
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });
}

/** What `cdk deploy -c name=value` may set; see the props of `Wafleet` for what each means. */
const schema = z
  .object({
    stage: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,19}$/, "must be up to 20 lower-case letters, digits and dashes")
      .optional(),
    shards: positive.max(128, shardRule).optional(),
    messageRetentionDays: positive.optional(),
    eventRetentionDays: positive.min(3, "must be 3 at least").optional(),
    auditRetentionDays: positive.optional(),
    sessionLimits: checkedText(environment.WAFLEET_SESSION_LIMITS).optional(),
    rateLimits: checkedText(environment.WAFLEET_RATE_LIMITS).optional(),
    logLevel: environment.WAFLEET_LOG_LEVEL.optional(),
    tenantTargets: environment.WAFLEET_TENANT_TARGETS.optional(),
    logRetentionDays: positive.pipe(z.enum(RetentionDays, retentionRule)).optional(),
    socketLogs: z.stringbool().optional(),
    maxWorkers: positive.optional(),
    sessionsPerWorker: positive.optional(),
    workerCpu: positive.optional(),
    workerMemoryMiB: positive.optional(),
    allowedOrigins: z
      .string()
      .transform((text) => text.split(","))
      .optional(),
    connectionLimit: positive.optional(),
    sinkBusArn: z.string().startsWith("arn:", "must be the ARN of an EventBridge bus").optional(),
    sinkQueueArn: z.string().startsWith("arn:", "must be the ARN of an SQS queue").optional(),
    requestsPerSecond: positive.optional(),
    keepData: z.stringbool().optional(),
    domain: z.string().optional(),
    certificateArn: z.string().startsWith("arn:", "must be the ARN of a certificate").optional(),
    hostedZone: z
      .string()
      .regex(
        /^[A-Z0-9]+:[a-z0-9.-]+$/,
        "must be a zone's id and name, like Z0123456789:example.com",
      )
      .optional(),
    proxyPorts: z
      .string()
      .regex(/^(\d+(,\d+)*)?$/, "must be ports separated by commas, or empty")
      .transform((text) => text.split(",").filter(Boolean).map(Number))
      .optional(),
    natGateways: z.coerce.number().int().min(0).optional(),
    spot: z.stringbool().optional(),
    metrics: z.stringbool().optional(),
    tracing: z.stringbool().optional(),
    queueConcurrency: z.coerce.number().int().min(2).max(1_000).optional(),
    alarmEmail: z.email("must be an address for mail").optional(),
    monthlyBudget: positive.optional(),
    runbooks: z.string().optional(),
    consoleFolder: z.string().optional(),
    firewall: z.stringbool().optional(),
    webAclArn: z.string().startsWith("arn:", "must be the ARN of a web ACL").optional(),
  })
  .refine(
    ({ domain, certificateArn }) => (domain === undefined) === (certificateArn === undefined),
    { path: ["certificateArn"], message: "must come with domain, and domain with it" },
  );

/** Everything that `-c` may set. */
export const settingNames = Object.keys(schema.shape);

/**
 * The settings of a deployment from the context of the CDK app.
 * @throws {RangeError} which names each setting that is wrong and the form it must have
 */
export function readSettings(find: (name: string) => unknown): WafleetProps {
  const given = settingNames.map((name) => [name, find(name) ?? undefined]);
  const result = schema.safeParse(Object.fromEntries(given));
  if (!result.success) {
    const lines = result.error.issues.map(
      (issue) => `  -c ${issue.path.join(".")}: ${issue.message}`,
    );
    throw new RangeError(`These settings need attention:\n${lines.join("\n")}`);
  }
  const { domain: name, certificateArn, hostedZone, ...rest } = result.data;
  const settled = Object.entries(rest).filter(([, value]) => value !== undefined);
  const props = Object.fromEntries(settled) as WafleetProps;
  if (name === undefined || certificateArn === undefined) return props;
  const [id = "", zone = ""] = hostedZone?.split(":") ?? [];
  return {
    ...props,
    domain: { name, certificateArn, ...(hostedZone && { hostedZone: { id, name: zone } }) },
  };
}
