import { findAddress } from "#shared/address.ts";
import { Fault } from "#shared/faults/fault.ts";

const rule = "must have 10 to 15 digits with the country code, like +14155550123";

/**
 * The digits of a phone; undefined stays undefined.
 * @throws {Fault} `invalid_phone`
 */
export function parsePhone<Text extends string | undefined>(text: Text): Text {
  if (text === undefined) return text;
  const address = findAddress(text.trim().replaceAll(/[\s().-]/g, ""));
  if (address?.kind === "phone") return address.jid.slice(0, address.jid.indexOf("@")) as Text;
  throw new Fault("invalid_phone", {
    detail: `\`phone\` ${rule}.`,
    fields: [{ path: "phone", message: rule }],
  });
}
