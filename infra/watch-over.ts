import { Topic } from "aws-cdk-lib/aws-sns";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { Construct } from "constructs";
import { createAlarms } from "./alarms.ts";
import { createBudget } from "./budget.ts";
import { createDashboard } from "./dashboard.ts";
import { measure } from "./measured.ts";
import type { MeasuredParts } from "./measured.ts";

export type WatchOptions = {
  stage: string;
  parts: Omit<MeasuredParts, "stage">;
  cpu: number;
  memoryMiB: number;
  runbooks: string;
  monthlyBudget: number;
  alarmTopic?: ITopic;
  alarmEmail?: string;
};

/** Dashboard, alarms and budget of a deployment. */
export function watchOver(scope: Construct, options: WatchOptions): void {
  const { stage, parts, runbooks, alarmTopic, alarmEmail: email, monthlyBudget } = options;
  const measured = measure({ ...parts, stage });
  createDashboard(scope, { ...options, measured });
  const topics = alarmTopic ? [alarmTopic] : [];
  if (email !== undefined) {
    const topic = new Topic(scope, "alarms", { topicName: `${stage}-alarms`, enforceSSL: true });
    topic.addSubscription(new EmailSubscription(email));
    topics.push(topic);
    createBudget(scope, { stage, limit: monthlyBudget, email });
  }
  const actions = topics.map((topic) => new SnsAction(topic));
  createAlarms(scope, { stage, measured, actions, runbooks });
}
