import { expect, test } from "vitest";
import { startSimulator } from "#simulator/start-simulator.ts";

const setUp = async () => {
  const simulator = await startSimulator();
  const ada = await simulator.createPhone({ name: "Ada" });
  const grace = await simulator.createPhone({ name: "Grace" });
  const call = async (method: string, path: string, body?: object) => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${simulator.controlUrl}/control/phones/${path}`, {
      method,
      ...init,
    });
    return { status: response.status, body: (await response.json()) as { id: string } };
  };
  const act = (number: string, action: string, body: object) =>
    call("POST", `${number}/actions/${action}`, body);
  return { simulator, ada, grace, call, act, [Symbol.asyncDispose]: () => simulator.stop() };
};

test("a conversation over HTTP shows reactions, edits, deletions and ticks as a person sees them", async () => {
  await using all = await setUp();
  const { ada, grace, call, act } = all;
  const { id } = (await call("POST", `${ada.number}/messages`, { to: grace.number, text: "helo" }))
    .body;
  await grace.waitForMessage({ text: "helo" });
  await act(ada.number, "edit", { id, text: "hello" });
  await act(grace.number, "react", { id, emoji: "👋" });
  const gone = (await call("POST", `${grace.number}/messages`, { to: ada.number, text: "oops" }))
    .body.id;
  await act(grace.number, "delete", { id: gone });
  await call("POST", `${grace.number}/messages/${id}/read`);
  await ada.waitForMessage({ type: "delete" });

  const seenByAda = async () => (await call("GET", `${ada.number}/chats`)).body;
  await expect.poll(seenByAda).toMatchObject([
    {
      chat: grace.number,
      name: "Grace",
      messages: [
        { id, text: "hello", edited: true, mine: true, status: "read", reactions: ["👋"] },
        { id: gone, text: "", deleted: true, mine: false },
      ],
    },
  ]);
});

test("files, places, polls and votes are sent over HTTP", async () => {
  await using all = await setUp();
  const { ada, grace, act } = all;
  const to = grace.number;
  const data = Buffer.from("a picture").toString("base64");
  const { id } = (await act(ada.number, "media", { to, kind: "image", data, caption: "look" }))
    .body;
  await grace.waitForMessage({ id });
  expect((await grace.download(id)).toString()).toBe("a picture");
  await act(ada.number, "location", { to, latitude: 1.5, longitude: 2 });
  await grace.waitForMessage({ type: "location" });
  const poll = (await act(ada.number, "poll", { to, question: "When?", options: ["1", "2"] })).body;
  await grace.waitForMessage({ id: poll.id });
  await act(grace.number, "vote", { id: poll.id, options: ["2"] });
  const vote = await ada.waitForMessage({ type: "vote" });
  expect(vote.content).toMatchObject({ poll: poll.id, options: ["2"] });
});

test("a wrong action says which there are, a wrong body what is wrong with it", async () => {
  await using all = await setUp();
  const { ada, act } = all;
  expect(await act(ada.number, "dance", {})).toMatchObject({
    status: 404,
    body: { message: expect.stringContaining("known actions are react, edit") as string },
  });
  expect(await act(ada.number, "edit", { id: "x" })).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining("text") as string },
  });
  expect(await act(ada.number, "edit", { id: "x", text: "y" })).toMatchObject({ status: 409 });
  expect(await act("1", "edit", { id: "x", text: "y" })).toMatchObject({ status: 404 });
});
