import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import type { Construct } from "constructs";

export type BudgetOptions = {
  stage: string;
  /** Dollars a month. */
  limit: number;
  /** Who is told, at 80 % of it and when the month's forecast is above it. */
  email: string;
};

/** A budget that only tells costs nothing. It counts what carries the deployment's tag. */
export function createBudget(scope: Construct, { stage, limit, email }: BudgetOptions): CfnBudget {
  const subscribers = [{ subscriptionType: "EMAIL", address: email }];
  const tell = (notificationType: string, threshold: number) => ({
    notification: { notificationType, comparisonOperator: "GREATER_THAN", threshold },
    subscribers,
  });
  return new CfnBudget(scope, "budget", {
    budget: {
      budgetName: `${stage}-monthly`,
      budgetType: "COST",
      timeUnit: "MONTHLY",
      budgetLimit: { amount: limit, unit: "USD" },
      costFilters: { TagKeyValue: [`user:wafleet$${stage}`] },
    },
    notificationsWithSubscribers: [tell("ACTUAL", 80), tell("FORECASTED", 100)],
  });
}
