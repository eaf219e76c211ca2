/** AWS list prices in dollars, us-east-1, November 2026. */
export const prices = {
  writeUnit: 0.625e-6,
  readUnit: 0.125e-6,
  tableGbMonth: 0.25,
  backupGbMonth: 0.2,
  fifoRequest: 0.5e-6,
  httpRequest: 1.0e-6,
  websocketMessage: 1.0e-6,
  websocketMinute: 0.25e-6,
  lambdaInvocation: 0.2e-6,
  /** arm64, a gigabyte-second. */
  lambdaGbSecond: 0.0000133334,
  kmsKeyMonth: 1,
  kmsRequest: 0.03e-4,
  secretMonth: 0.4,
  s3Put: 0.005e-3,
  s3Get: 0.0004e-3,
  s3GbMonth: 0.023,
  logGb: 0.5,
  alarmMetricMonth: 0.1,
  customMetricMonth: 0.3,
  dashboardMonth: 3,
  /** Fargate on arm64. */
  vcpuHour: 0.03238,
  memoryGbHour: 0.00356,
  publicAddressHour: 0.005,
  natHour: 0.045,
  webAclMonth: 5,
  webAclRuleMonth: 1,
} as const;

/** What AWS gives each account each month for nothing, for good. */
export const allowances = {
  sqsRequests: 1_000_000,
  lambdaInvocations: 1_000_000,
  lambdaGbSeconds: 400_000,
  alarmMetrics: 10,
  customMetrics: 10,
  dashboards: 3,
  /** Of each of those dashboards. */
  dashboardMetrics: 50,
  kmsRequests: 20_000,
  logGb: 5,
} as const;

export const hoursAMonth = 730;

/** A running worker, an hour. */
export function workerHour(cpu: number, memoryMiB: number): number {
  const { vcpuHour, memoryGbHour, publicAddressHour } = prices;
  return (cpu / 1024) * vcpuHour + (memoryMiB / 1024) * memoryGbHour + publicAddressHour;
}
