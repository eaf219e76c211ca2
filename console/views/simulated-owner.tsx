import { simulator } from "../live/simulator.ts";
import { ActionButton } from "../parts/action-button.tsx";
import { texts } from "../texts/texts.ts";

type OwnPhoneProps = {
  sessionId: string;
  /** The one that asked for a code. */
  number?: string;
  act: { kind: "scan"; qr: string } | { kind: "type"; code: string };
};

/** The phone that a session belongs to, simulated: it links itself at a press. */
export function OwnPhone({ sessionId, number, act }: OwnPhoneProps) {
  const key = `wafleet.phone.${sessionId}`;
  /** The session's phone of the last time, the one that is asked for, or a new one. */
  async function findNumber(): Promise<string> {
    const wanted = number?.replace("+", "") ?? sessionStorage.getItem(key) ?? undefined;
    const known = wanted === undefined ? undefined : await simulator.findPhone(wanted);
    const name = texts.simulator.ownName;
    const phone =
      known ??
      (await simulator.createPhone({ name, ...(wanted !== undefined && { phone: wanted }) }));
    sessionStorage.setItem(key, phone.number);
    return phone.number;
  }
  const link = async () => {
    const phone = await findNumber();
    await (act.kind === "scan"
      ? simulator.scan(phone, act.qr)
      : simulator.enterCode(phone, act.code));
  };
  return (
    <aside class="card phone" aria-label={texts.simulator.title}>
      <h2>{texts.simulator.title}</h2>
      <p>{texts.simulator.about}</p>
      <ActionButton
        label={act.kind === "scan" ? texts.simulator.scan : texts.simulator.enter(act.code)}
        kind="primary"
        onPress={link}
      />
    </aside>
  );
}
