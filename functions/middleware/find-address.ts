import { pageMarkHeader } from "#shared/resources/page-access.ts";
import type { APIGatewayProxyEventV2 } from "aws-lambda";

export type FindAddress = (event: APIGatewayProxyEventV2) => string;

/**
 * Who asks. What comes by the console's distribution has its address, and names the page's reader
 * before it; nobody else is believed about that. Without a mark there is no distribution.
 */
export function createFindAddress(pageMark: string): FindAddress {
  return ({ headers, requestContext }) => {
    const { sourceIp } = requestContext.http;
    if (pageMark === "" || headers[pageMarkHeader] !== pageMark) return sourceIp;
    const passed = (headers["x-forwarded-for"] ?? "").split(",").map((address) => address.trim());
    return passed.findLast((address) => address !== "" && address !== sourceIp) ?? sourceIp;
  };
}
