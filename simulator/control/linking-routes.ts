import { z } from "zod";
import type { Phone } from "../phone/phone.ts";
import { orRefuse } from "./http-error.ts";
import { phoneOf } from "./phone-of.ts";
import type { ControlRequest, ControlRoute } from "./route.ts";

const qrText = z.strictObject({ qr: z.string().min(1) });
const toScan = z
  .strictObject({ qr: z.string().min(1).optional(), ref: z.string().min(1).optional() })
  .refine(({ qr, ref }) => (qr === undefined) !== (ref === undefined), {
    message: "give either qr, the text of the code, or ref, one that GET /control/qrs lists",
  });
const pairingCode = z.strictObject({ code: z.string().min(1) });

/** The phone for a code whose owner does not care which: the one of the client's name, or a new one. */
const pickPhone = async (
  { simulator, shownQrs, query }: ControlRequest,
  qr: string,
): Promise<Phone> => {
  const number = query.get("phone");
  const known = number === null ? undefined : simulator.phone(number);
  if (known) return known;
  if (number !== null) return simulator.createPhone({ phone: number });
  const name = shownQrs.pending().find(({ ref }) => qr.includes(ref))?.name;
  const namesake = (phone: Phone): boolean => name !== undefined && phone.name === name;
  return simulator.phones().find(namesake) ?? simulator.createPhone({ name });
};

export const linkingRoutes: ControlRoute[] = [
  {
    method: "GET",
    path: "/control/qrs",
    handle: ({ shownQrs }) => shownQrs.pending(),
  },
  {
    method: "POST",
    path: "/control/qrs",
    handle: ({ shownQrs, json }) => orRefuse(async () => shownQrs.show(qrText.parse(json()).qr)),
  },
  {
    method: "POST",
    path: "/control/phones/:number/scan",
    handle: (request) =>
      orRefuse(async () => {
        const { qr, ref } = toScan.parse(request.json());
        return phoneOf(request).scan(qr ?? request.shownQrs.require(ref ?? ""));
      }),
  },
  {
    method: "POST",
    path: "/control/phones/:number/pairing-code",
    handle: (request) =>
      orRefuse(async () => {
        const { code } = pairingCode.parse(request.json());
        return phoneOf(request).enterPairingCode(code);
      }),
  },
  {
    method: "POST",
    path: "/admin/mock-phone/scan-qr",
    handle: (request) =>
      orRefuse(async () => {
        const qr = request.text.trim();
        const phone = await pickPhone(request, qr);
        return { number: phone.number, ...(await phone.scan(qr)) };
      }),
  },
];
