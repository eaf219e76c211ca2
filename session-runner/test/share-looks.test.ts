import { expect, test } from "vitest";
import { shareLooks } from "../fleet/share-looks.ts";

/** Looks that are answered one by one, with their numbers. */
function scene() {
  const looks: PromiseWithResolvers<number>[] = [];
  const look = shareLooks(() => {
    const mine = Promise.withResolvers<number>();
    looks.push(mine);
    return mine.promise;
  });
  const answer = (at: number) => looks[at]?.resolve(at);
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { looks, look, answer, turn };
}

test("who asks while a look is under way shares the one after it", async () => {
  const { looks, look, answer, turn } = scene();
  const first = look();
  await turn();
  const later = [look(), look(), look()];
  await turn();
  expect(looks).toHaveLength(1);
  answer(0);
  expect(await first).toBe(0);
  await turn();
  expect(looks).toHaveLength(2);
  answer(1);
  expect(await Promise.all(later)).toEqual([1, 1, 1]);
});

test("a look that failed is told of to those who shared it, and to nobody after them", async () => {
  const { looks, look, answer, turn } = scene();
  const first = look();
  await turn();
  const second = look();
  looks[0]?.reject(new Error("throttled"));
  await expect(first).rejects.toThrow("throttled");
  await turn();
  answer(1);
  expect(await second).toBe(1);
});
