import { Stack, Validations } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import { LogGroupLogDestination, WebSocketApi, WebSocketStage } from "aws-cdk-lib/aws-apigatewayv2";
import { WebSocketLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { IDomainName } from "aws-cdk-lib/aws-apigatewayv2";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { socketRoutes } from "#shared/routes/table.ts";

/** The WebSocket API as clients and senders see it. */
export type SocketDoor = {
  api: WebSocketApi;
  /** What clients connect to. */
  url: string;
  /** Where messages to connections are posted. */
  managementEndpoint: string;
  connectionsArn: string;
};

export type SocketDoorOptions = {
  stage: string;
  /** None without. */
  logs: LogGroup | undefined;
  domain: IDomainName | undefined;
};

export function createSocketDoor(
  scope: Construct,
  { stage, logs, domain }: SocketDoorOptions,
): SocketDoor {
  const api = new WebSocketApi(scope, "websocket-api", {
    apiName: `${stage}-socket`,
    routeSelectionExpression: "$request.body.action",
  });
  const door = new WebSocketStage(scope, "websocket-stage", {
    webSocketApi: api,
    stageName: "v1",
    autoDeploy: true,
    ...(domain && { domainMapping: { domainName: domain } }),
    throttle: { rateLimit: 500, burstLimit: 500 },
    ...(logs && {
      accessLogSettings: {
        destination: new LogGroupLogDestination(logs),
        format: accessLogFormat(),
      },
    }),
  });
  if (!logs) {
    Validations.of(door).acknowledge({
      id: "AwsSolutions-APIG1",
      reason:
        "AWS writes it in a role that an account has once in a region, which is not one stack's to set: it is a setting, off by default. The socket's Lambda logs what it refuses.",
    });
  }
  const connectionsArn = Stack.of(scope).formatArn({
    service: "execute-api",
    resource: api.apiId,
    resourceName: `${door.stageName}/POST/@connections/*`,
  });
  return {
    api,
    url: domain ? `wss://${domain.name}` : door.url,
    managementEndpoint: door.callbackUrl,
    connectionsArn,
  };
}

/** The query stays out: it carries the ticket. */
function accessLogFormat(): AccessLogFormat {
  return AccessLogFormat.custom(
    JSON.stringify({
      requestId: "$context.requestId",
      route: "$context.routeKey",
      status: "$context.status",
      error: "$context.integrationErrorMessage",
      connectionId: "$context.connectionId",
    }),
  );
}

/** Leads every route of the socket's route table to its Lambda. */
export function routeSocket({ api }: SocketDoor, handler: IFunction): void {
  for (const route of socketRoutes) {
    api.addRoute(route, {
      integration: new WebSocketLambdaIntegration(`${route.replace("$", "")}-integration`, handler),
    });
  }
  Validations.of(api).acknowledge({
    id: "AwsSolutions-APIG4",
    reason:
      "The $connect handler takes a ticket that opens one connection once; no other route works without it.",
  });
}
