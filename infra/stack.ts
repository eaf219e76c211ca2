import { CfnOutput, Stack } from "aws-cdk-lib";
import type { StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { Wafleet } from "./wafleet.ts";
import type { WafleetProps } from "./wafleet-props.ts";

/** One fleet in one stack, in whatever account and region it is deployed to. */
export class WafleetStack extends Stack {
  /** What the deployment prints when it is done. */
  readonly outputs: readonly CfnOutput[];

  constructor(scope: Construct, id: string, fleet: WafleetProps = {}, props: StackProps = {}) {
    super(scope, id, props);
    const { httpUrl, socketUrl, consoleUrl, senderArn } = new Wafleet(this, "fleet", fleet);
    this.outputs = [
      new CfnOutput(this, "ApiUrl", { value: httpUrl, description: "HTTP API" }),
      new CfnOutput(this, "SocketUrl", { value: socketUrl, description: "WebSocket API" }),
      new CfnOutput(this, "SenderArn", {
        value: senderArn,
        description: "Whom the roles of tenants' queues and buses have to trust",
      }),
    ];
    if (consoleUrl === undefined) return;
    const console = new CfnOutput(this, "ConsoleUrl", {
      value: consoleUrl,
      description: "Console",
    });
    this.outputs = [...this.outputs, console];
  }
}
