export type RedrivePolicy = { deadLetterTargetArn: string; maxReceiveCount: number };

/** The policy, or undefined when it is not one; AWS takes the count as number or as text. */
export function parseRedrivePolicy(text: string | undefined): RedrivePolicy | undefined {
  if (!text) return undefined;
  try {
    const policy = JSON.parse(text) as Partial<Record<keyof RedrivePolicy, unknown>>;
    const maxReceiveCount = Number(policy.maxReceiveCount);
    const valid =
      typeof policy.deadLetterTargetArn === "string" &&
      Number.isInteger(maxReceiveCount) &&
      maxReceiveCount >= 1 &&
      maxReceiveCount <= 1000;
    return valid
      ? { deadLetterTargetArn: policy.deadLetterTargetArn as string, maxReceiveCount }
      : undefined;
  } catch {
    return undefined;
  }
}
