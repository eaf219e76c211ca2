import { requestEvent } from "#functions/test/request-event.ts";
import { pageMarkHeader } from "#shared/resources/page-access.ts";
import { expect, test } from "vitest";
import { createFindAddress } from "./find-address.ts";

const mark = "0f9f6a52";
const reader = "203.0.113.7";
const distribution = "130.176.0.9";
const find = createFindAddress(mark);

/** As API Gateway passes a request on that came by somebody. */
function cameBy(ip: string, forwarded: string, headers: Record<string, string> = {}) {
  return requestEvent("login", {
    ip,
    headers: { "x-forwarded-for": `${forwarded}, ${ip}`, ...headers },
  });
}

test("who asks by the console is its reader and not the distribution, whatever else is claimed", () => {
  const marked = { [pageMarkHeader]: mark };
  expect(find(cameBy(distribution, reader, marked))).toBe(reader);
  expect(find(cameBy(distribution, `198.51.100.1, ${reader}`, marked))).toBe(reader);
  expect(find(cameBy(distribution, "2001:db8::1", marked))).toBe("2001:db8::1");
});

test("nobody else is believed about whom they ask for", () => {
  expect(find(cameBy(reader, "198.51.100.1"))).toBe(reader);
  expect(find(cameBy(reader, "198.51.100.1", { [pageMarkHeader]: "guessed" }))).toBe(reader);
  const unhosted = createFindAddress("");
  expect(unhosted(cameBy(reader, "198.51.100.1", { [pageMarkHeader]: "" }))).toBe(reader);
});

test("without a word about the reader it is the distribution", () => {
  const event = requestEvent("login", { ip: distribution, headers: { [pageMarkHeader]: mark } });
  expect(find(event)).toBe(distribution);
});
