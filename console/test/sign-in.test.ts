import { expect, test } from "vitest";
import { createClient } from "#client/create-client.ts";
import { createSignIn } from "../access/sign-in.ts";

/** An API whose refresh tokens work once; a spent one ends the sign-in, as the real one does. */
function startTokens() {
  let valid = "refresh-0";
  let number = 0;
  const spent: string[] = [];
  const answer = async (request: Request): Promise<Response> => {
    const { refreshToken } = (await request.json()) as { refreshToken: string };
    if (refreshToken !== valid) {
      spent.push(refreshToken);
      const problem = { code: "refresh_token_invalid", status: 401, detail: "Sign in again." };
      return Response.json(problem, { status: 401 });
    }
    number += 1;
    valid = `refresh-${number}`;
    const tokens = { accessToken: `access-${number}`, expiresIn: 900, refreshToken: valid };
    return Response.json({ ...tokens, tokenType: "Bearer", signedInUntil: "" });
  };
  return { api: createClient({ baseUrl: "http://api", fetch: answer }), spent };
}

/** What tabs of one browser share. */
function startBrowser() {
  const items = new Map<string, string>();
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  } as Storage;
  let last: Promise<unknown> = Promise.resolve();
  const lock = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
  return { storage, lock };
}

const first = { accessToken: "access-0", expiresIn: 900, refreshToken: "refresh-0" };

test("tabs that refresh at the same time take turns: no token is used twice", async () => {
  const { api, spent } = startTokens();
  let now = 0;
  const browser = { ...startBrowser(), now: () => now, api };
  const tabs = [createSignIn(browser), createSignIn(browser), createSignIn(browser)];
  tabs[0]?.take(first);
  expect(await tabs[0]?.token()).toBe("access-0");
  now += 880_000;
  const tokens = await Promise.all(tabs.flatMap((tab) => [tab.token(), tab.token()]));
  expect(new Set(tokens)).toEqual(new Set(["access-1", "access-2", "access-3"]));
  expect(spent).toEqual([]);
});

test("a refresh token that is refused ends the sign-in and leaves nothing behind", async () => {
  const { api } = startTokens();
  const browser = { ...startBrowser(), now: () => 0, api };
  const signIn = createSignIn(browser);
  let told = 0;
  signIn.watch(() => (told += 1));
  signIn.take({ ...first, expiresIn: 0, refreshToken: "of another day" });
  expect(await signIn.token()).toBeUndefined();
  expect([signIn.isSignedIn(), told]).toEqual([false, 2]);
});
