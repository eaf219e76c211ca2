import { z } from "zod";
import type { Phone } from "../phone/phone.ts";
import type { Simulator } from "../simulator.ts";
import { ControlError, notFound } from "./http-error.ts";
import type { ControlRequest, ControlRoute } from "./route.ts";
import { toPlain } from "./to-plain.ts";

const newPhone = z.strictObject({
  phone: z.string().optional(),
  name: z.string().optional(),
  autoReceipts: z.boolean().optional(),
  autoRead: z.boolean().optional(),
  decrypt: z.boolean().optional(),
  sync: z.enum(["inline", "media-host", "off"]).optional(),
  passkey: z.boolean().optional(),
});
const qrCode = z.strictObject({ qr: z.string().min(1) });
const pairingCode = z.strictObject({ code: z.string().min(1) });
const newMessage = z.strictObject({ to: z.string().min(1), text: z.string().min(1) });

const requirePhone = (simulator: Simulator, number = ""): Phone => {
  const phone = simulator.phone(number);
  if (!phone) throw notFound(`there is no phone ${number}: create it with POST /control/phones`);
  return phone;
};

const phoneOf = ({ simulator, params }: ControlRequest): Phone =>
  requirePhone(simulator, params["number"]);

const describe = (phone: Phone) => ({
  number: phone.number,
  lid: phone.lid,
  name: phone.name,
  devices: phone.devices(),
});

/** A refusal of the phone's is the caller's mistake. */
const orRefuse = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    throw new ControlError(409, "refused", error instanceof Error ? error.message : String(error));
  }
};

export const phoneRoutes: ControlRoute[] = [
  {
    method: "POST",
    path: "/control/phones",
    handle: async ({ simulator, json }) =>
      describe(await orRefuse(simulator.createPhone(newPhone.parse(json())))),
  },
  {
    method: "GET",
    path: "/control/phones",
    handle: ({ simulator }) => simulator.phones().map(describe),
  },
  {
    method: "GET",
    path: "/control/phones/:number",
    handle: (request) => describe(phoneOf(request)),
  },
  {
    method: "POST",
    path: "/control/phones/:number/scan",
    handle: (request) => orRefuse(phoneOf(request).scan(qrCode.parse(request.json()).qr)),
  },
  {
    method: "POST",
    path: "/control/phones/:number/pairing-code",
    handle: (request) =>
      orRefuse(phoneOf(request).enterPairingCode(pairingCode.parse(request.json()).code)),
  },
  {
    method: "POST",
    path: "/control/phones/:number/messages",
    handle: (request) => {
      const { to, text } = newMessage.parse(request.json());
      return orRefuse(phoneOf(request).say(to, text));
    },
  },
  {
    method: "GET",
    path: "/control/phones/:number/messages",
    handle: (request) => phoneOf(request).received().map(toPlain),
  },
  {
    method: "POST",
    path: "/control/phones/:number/messages/:id/read",
    handle: (request) => orRefuse(phoneOf(request).read(request.params["id"] ?? "")),
  },
  {
    method: "GET",
    path: "/control/phones/:number/receipts",
    handle: (request) => phoneOf(request).receipts(),
  },
  {
    method: "GET",
    path: "/control/phones/:number/undecryptable",
    handle: (request) => phoneOf(request).undecryptable(),
  },
  {
    method: "POST",
    path: "/control/phones/:number/offline",
    handle: (request) => phoneOf(request).goOffline(),
  },
  {
    method: "POST",
    path: "/control/phones/:number/online",
    handle: (request) => phoneOf(request).goOnline(),
  },
  {
    method: "GET",
    path: "/control/phones/:number/devices",
    handle: (request) => phoneOf(request).devices(),
  },
  {
    method: "DELETE",
    path: "/control/phones/:number/devices/:device",
    handle: (request) => orRefuse(phoneOf(request).unlink(Number(request.params["device"]))),
  },
];
