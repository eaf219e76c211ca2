import { expect, test } from "vitest";
import type { Device } from "#simulator/accounts/account.ts";
import { makeForgetfulStore } from "#simulator/accounts/state-store.ts";
import { createSignalKeys, publicBundle } from "#simulator/phone/signal-keys.ts";
import { openSignalSessions } from "#simulator/phone/signal-sessions.ts";
import type { CipherKind } from "#simulator/phone/signal-sessions.ts";

type Sealed = { type: CipherKind; body: Uint8Array };

const createSide = (number: string) => {
  const keys = createSignalKeys();
  const sessions = openSignalSessions(makeForgetfulStore(), number, keys);
  const device = { account: { number }, id: 0 } as unknown as Device;
  return { ...sessions, device, bundle: publicBundle(keys) };
};

type Side = ReturnType<typeof createSide>;

const say = (from: Side, to: Side, text: string): Promise<Sealed> =>
  from.encrypt(to.device, Buffer.from(text));

const hear = async (at: Side, from: Side, { type, body }: Sealed): Promise<string> =>
  Buffer.from(await at.decrypt(from.device, type, body)).toString();

const talk = async (ada: Side, grace: Side): Promise<void> => {
  for (const round of [1, 2]) {
    expect(await hear(grace, ada, await say(ada, grace, `hello ${round}`))).toBe(`hello ${round}`);
    expect(await hear(ada, grace, await say(grace, ada, `hello ${round}`))).toBe(`hello ${round}`);
  }
};

test.each([0, 1, 2])(
  "a message of a session before the present one is read, and all that follow (%s renewals between)",
  async (renewals) => {
    const [ada, grace] = [createSide("491600000001"), createSide("491600000002")];
    const begin = () => ada.begin(grace.device, grace.bundle, undefined);
    await begin();
    await talk(ada, grace);
    const late = await say(grace, ada, "late");
    const later = await say(grace, ada, "later");
    await begin();
    const renewed = await say(ada, grace, "renewed");
    for (let renewal = 0; renewal < renewals; renewal += 1) {
      await talk(ada, grace);
      await begin();
    }
    expect(await hear(ada, grace, late)).toBe("late");
    expect(await hear(grace, ada, renewed)).toBe("renewed");
    await talk(ada, grace);
    expect(await hear(ada, grace, later)).toBe("later");
    await talk(ada, grace);
  },
);
