import { Duration, Validations } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import type { IDomainName } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { apiAccess } from "#shared/resources/page-access.ts";
import type { LambdaName } from "#shared/resources/processes.ts";
import type { RouteDefinition } from "#shared/routes/define-route.ts";
import { routes } from "#shared/routes/table.ts";

export type HttpApiOptions = {
  stage: string;
  lambdas: Record<LambdaName, IFunction>;
  logs: LogGroup;
  /** Origins of web pages that may call the API; none when empty. */
  allowedOrigins: string[];
  requestsPerSecond: number;
  /** Its own name, if it has one. */
  domain: IDomainName | undefined;
};

/** The HTTP API: every route of the route table, led to its area's Lambda. */
export function createHttpApi(
  scope: Construct,
  options: HttpApiOptions,
): { api: HttpApi; url: string } {
  const { stage, lambdas, logs, allowedOrigins, requestsPerSecond, domain } = options;
  const api = new HttpApi(scope, "http-api", {
    apiName: `${stage}-http`,
    createDefaultStage: false,
    ...(allowedOrigins.length > 0 && {
      corsPreflight: {
        allowOrigins: allowedOrigins,
        allowMethods: [CorsHttpMethod.ANY],
        allowHeaders: [...apiAccess.headers],
        exposeHeaders: [...apiAccess.exposed],
        maxAge: Duration.seconds(apiAccess.maxAgeSeconds),
      },
    }),
  });
  const door = new HttpStage(scope, "http-stage", {
    httpApi: api,
    stageName: "$default",
    autoDeploy: true,
    ...(domain && { domainMapping: { domainName: domain } }),
    throttle: { rateLimit: requestsPerSecond, burstLimit: requestsPerSecond * 2 },
    accessLogSettings: { destination: new LogGroupLogDestination(logs), format: accessLogFormat() },
  });
  const integrations = new Map<LambdaName, HttpLambdaIntegration>();
  for (const route of Object.values<RouteDefinition>(routes)) {
    const integration =
      integrations.get(route.lambda) ??
      new HttpLambdaIntegration(`${route.lambda}-integration`, lambdas[route.lambda], {
        // One permission a Lambda and not a route: a stack holds 500 resources.
        scopePermissionToRoute: false,
      });
    integrations.set(route.lambda, integration);
    api.addRoutes({ path: route.path, methods: [HttpMethod[route.method]], integration });
  }
  Validations.of(api).acknowledge({
    id: "AwsSolutions-APIG4",
    reason:
      "Each handler checks the caller by the route table's auth: tokens and API keys alike, which no built-in authorizer knows.",
  });
  return { api, url: domain ? `https://${domain.name}/` : door.url };
}

/** The route's pattern instead of the path: paths hold ids, queries may hold phone numbers. */
function accessLogFormat(): AccessLogFormat {
  return AccessLogFormat.custom(
    JSON.stringify({
      requestId: "$context.requestId",
      route: "$context.routeKey",
      status: "$context.status",
      latency: "$context.responseLatency",
      error: "$context.integrationErrorMessage",
    }),
  );
}
