/** The simulated phones, which lie beside the page; in no deployment. */
export type PhoneMessage = { id: string; from: string; text: string };

async function ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const answer = await fetch(`./control/${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  const json: unknown = await answer.json();
  if (answer.ok) return json as Answer;
  throw new Error(
    (json as { message?: string }).message ?? `the simulator answered ${answer.status}`,
  );
}

export const simulator = {
  createPhone: (phone: { name: string; phone?: string }) =>
    ask<{ number: string }>("POST", "phones", phone),
  findPhone: (number: string) =>
    ask<{ number: string }>("GET", `phones/${number}`).catch(() => undefined),
  scan: (number: string, qr: string) => ask("POST", `phones/${number}/scan`, { qr }),
  enterCode: (number: string, code: string) =>
    ask("POST", `phones/${number}/pairing-code`, { code }),
  messages: (number: string) => ask<PhoneMessage[]>("GET", `phones/${number}/messages`),
  read: (number: string, id: string) =>
    ask("POST", `phones/${number}/messages/${encodeURIComponent(id)}/read`),
  say: (number: string, to: string, text: string) =>
    ask("POST", `phones/${number}/messages`, { to, text }),
};
