import { expect, test } from "vitest";
import { scopes } from "#shared/routes/define-route.ts";
import type { RouteDefinition } from "#shared/routes/define-route.ts";
import { routes } from "#shared/routes/table.ts";

const all = Object.entries<RouteDefinition>(routes);
const scopeOf = ({ auth }: RouteDefinition) => (auth.access === "scope" ? auth.scope : undefined);

test("every route is known by its name, and says who may call it", () => {
  for (const [name, route] of all) {
    expect(route.name).toBe(name);
    expect(["public", "operator", "user", "scope"], name).toContain(route.auth.access);
  }
  const keys = all.map(([, { method, path }]) => `${method} ${path}`);
  expect(new Set(keys).size).toBe(keys.length);
});

test("who may only read can change nothing", () => {
  const changing = all.filter(([name, { method }]) => method !== "GET" && name !== "createTicket");
  for (const [name, route] of changing) expect(scopeOf(route) ?? "", name).not.toMatch(/:read$/);
});

test("what shows a scope's things asks for that scope", () => {
  // What is said, and to whom.
  const talk = "messages|events|contacts|chats|groups|blocked|replies|presence|typing|erasures";
  const areas = [
    [new RegExp(`^/v1/sessions(?!.*/(?:${talk}))`), /^sessions:/],
    [new RegExp(`/(?:${talk}|templates|batches)\\b`), /^messages:/],
    [/^\/v1\/(?:users|keys|audit|me)\b/, /^account:/],
  ] as const;
  for (const [name, route] of all) {
    const area = areas.find(([path]) => path.test(route.path));
    if (area && scopeOf(route) !== undefined) expect(scopeOf(route), name).toMatch(area[1]);
  }
});

test("a scope that a key can have is one that the table of scopes knows", () => {
  for (const [name, route] of all) {
    const scope = scopeOf(route);
    if (scope !== undefined) expect(scopes, name).toContain(scope);
  }
});

test("what anyone may call is limited by address, or says why it need not be", () => {
  const open = all.filter(([, { auth }]) => auth.access === "public" || auth.access === "operator");
  const unlimited = open.filter(([, { limit }]) => limit !== "address").map(([name]) => name);
  for (const name of unlimited)
    expect(routes[name as keyof typeof routes].method, name).toBe("GET");
});

test("each POST that creates takes an Idempotency-Key, where somebody is signed in", () => {
  const creating = all.filter(
    ([, { method, responses, auth }]) =>
      method === "POST" && 201 in responses && auth.access === "scope",
  );
  for (const [name, route] of creating) {
    expect(route.idempotent ?? name === "createTicket", name).toBe(true);
  }
});
