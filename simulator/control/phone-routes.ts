import { z } from "zod";
import type { Phone } from "../phone/phone.ts";
import { chatsOf } from "./chats.ts";
import { orRefuse } from "./http-error.ts";
import { phoneOf } from "./phone-of.ts";
import type { ControlRoute } from "./route.ts";
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
const chatState = z.strictObject({
  to: z.string().min(1),
  state: z.enum(["composing", "recording", "paused"]).default("composing"),
});
const newMessage = z.strictObject({
  to: z.string().min(1),
  text: z.string().min(1),
  mentions: z.array(z.string()).optional(),
  quote: z.string().optional(),
});

const describe = (phone: Phone) => ({
  number: phone.number,
  lid: phone.lid,
  name: phone.name,
  devices: phone.devices(),
});

export const phoneRoutes: ControlRoute[] = [
  {
    method: "POST",
    path: "/control/phones",
    handle: async ({ simulator, json }) =>
      describe(await orRefuse(async () => simulator.createPhone(newPhone.parse(json())))),
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
    path: "/control/phones/:number/messages",
    handle: (request) => {
      const { to, text, ...options } = newMessage.parse(request.json());
      return orRefuse(async () => phoneOf(request).say(to, text, options));
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
    handle: (request) => orRefuse(async () => phoneOf(request).read(request.params["id"] ?? "")),
  },
  {
    method: "GET",
    path: "/control/phones/:number/chats",
    handle: (request) => chatsOf(request.simulator, request.world, phoneOf(request)),
  },
  {
    method: "POST",
    path: "/control/phones/:number/typing",
    handle: (request) => {
      const { to, state } = chatState.parse(request.json());
      return orRefuse(async () => phoneOf(request).typing(to, state));
    },
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
    handle: (request) =>
      orRefuse(async () => phoneOf(request).unlink(Number(request.params["device"]))),
  },
];
