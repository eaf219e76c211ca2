import { expect, test } from "vitest";
import { schedules } from "#shared/resources/schedules.ts";
import { routes, socketRoutes } from "#shared/routes/table.ts";
import { synthFleet } from "./synth-fleet.ts";
import type { Fleet } from "./synth-fleet.ts";

type Route = {
  RouteKey: string;
  ApiId: { Ref: string };
  Target: { "Fn::Join": ["", ["integrations/", { Ref: string }]] };
};
type Integration = { IntegrationUri: unknown; PayloadFormatVersion?: string };

const fleet = synthFleet();
const made = Object.values(fleet.find<Route>("AWS::ApiGatewayV2::Route"));
const apis = fleet.find<{ ProtocolType: string }>("AWS::ApiGatewayV2::Api");
const integrations = fleet.find<Integration>("AWS::ApiGatewayV2::Integration");
const lambdas = fleet.find<{ FunctionName: string }>("AWS::Lambda::Function");

test("every HTTP route leads to its area's Lambda, and there is no other", () => {
  const declared = Object.values(routes).map(({ method, path, lambda }) => [
    `${method} ${path}`,
    `wafleet-${lambda}`,
  ]);
  expect(routesOf("HTTP")).toEqual(Object.fromEntries(declared));
});

test("every socket route leads to the socket's Lambda, and there is no other", () => {
  const declared = socketRoutes.map((route) => [route, "wafleet-socket"]);
  expect(routesOf("WEBSOCKET")).toEqual(Object.fromEntries(declared));
});

test("API Gateway may call each Lambda that it leads to, and nobody else may", () => {
  type Permission = { FunctionName: unknown; Principal: string; SourceArn?: unknown };
  const permissions = Object.values(fleet.find<Permission>("AWS::Lambda::Permission"));
  const callers = Object.groupBy(permissions, ({ Properties }) => Properties.Principal);
  const called = new Set(Object.values(routes).map(({ lambda }) => lambda)).size;
  const doors = called + socketRoutes.length;
  expect(callers["apigateway.amazonaws.com"]).toHaveLength(doors);
  // The fleet's schedule and those of the table are the only others that call.
  const clocks = 1 + Object.keys(schedules).length;
  expect(callers["events.amazonaws.com"]).toHaveLength(clocks);
  expect(permissions).toHaveLength(doors + clocks);
  for (const { Properties } of permissions) expect(Properties.SourceArn).toBeDefined();
});

test("handlers get payload format 2.0, as the local runtime gives it", () => {
  const versions = Object.values(integrations).map(
    ({ Properties }) => Properties.PayloadFormatVersion,
  );
  expect(versions.filter((version) => version === "2.0")).toHaveLength(
    new Set(Object.values(routes).map(({ lambda }) => lambda)).size,
  );
});

test("access logs name the route, never the path or the query with what is in them", () => {
  const formats = accessLogs(synthFleet({ shards: 1, socketLogs: true }));
  expect(formats).toHaveLength(2);
  for (const format of formats) {
    expect(format).toContain("$context.routeKey");
    expect(format).not.toMatch(/context\.path|querystring|sourceIp/i);
  }
});

test("an account that has never logged a WebSocket API can be deployed to: only HTTP is logged by default", () => {
  expect(accessLogs(fleet)).toHaveLength(1);
});

test("web pages may call the API from the origins that are named, and from none by default", () => {
  fleet.template.resourcePropertiesCountIs("AWS::ApiGatewayV2::Api", { CorsConfiguration: {} }, 0);
  synthFleet({ allowedOrigins: ["https://example.com"] }).template.hasResourceProperties(
    "AWS::ApiGatewayV2::Api",
    { CorsConfiguration: { AllowOrigins: ["https://example.com"] } },
  );
});

function accessLogs(fleet: Fleet): string[] {
  type Stage = { AccessLogSettings?: { Format: string } };
  return Object.values(fleet.find<Stage>("AWS::ApiGatewayV2::Stage")).flatMap(
    ({ Properties }) => Properties.AccessLogSettings?.Format ?? [],
  );
}

/** Route keys with the name of the Lambda that each leads to. */
function routesOf(protocol: string): Record<string, string | undefined> {
  const entries = made
    .filter(({ Properties }) => apis[Properties.ApiId.Ref]?.Properties.ProtocolType === protocol)
    .map(({ Properties }) => {
      const integration = integrations[Properties.Target["Fn::Join"][1][1].Ref];
      const uri = JSON.stringify(integration?.Properties.IntegrationUri);
      const target = Object.keys(lambdas).find((id) => uri.includes(`"${id}"`));
      return [Properties.RouteKey, lambdas[target ?? ""]?.Properties.FunctionName];
    });
  return Object.fromEntries(entries) as Record<string, string | undefined>;
}
