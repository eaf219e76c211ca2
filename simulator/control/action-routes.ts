import { z } from "zod";
import type { Phone } from "../phone/phone.ts";
import { notFound, orRefuse } from "./http-error.ts";
import { phoneOf } from "./phone-of.ts";
import type { ControlRoute } from "./route.ts";
import { toPlain } from "./to-plain.ts";

const text = z.string().min(1);
const chat = z.object({ to: text });
const aboutMessage = z.object({ id: text });
const file = z.object({
  data: z.base64(),
  mimetype: z.string().optional(),
  caption: z.string().optional(),
  fileName: z.string().optional(),
  seconds: z.number().optional(),
});

type Action = (phone: Phone, body: unknown) => unknown;

/** An action and the body that it takes; members that it does not know are refused. */
const action =
  <Shape extends z.ZodRawShape>(
    body: z.ZodObject<Shape>,
    run: (phone: Phone, asked: z.output<z.ZodObject<Shape>>) => unknown,
  ): Action =>
  (phone, given) =>
    run(phone, body.strict().parse(given));

const toggle = (name: "archive" | "pin" | "markRead"): Action =>
  action(chat.extend({ on: z.boolean().default(true) }), (phone, { to, on }) =>
    phone[name](to, on),
  );

const actions = new Map<string, Action>([
  [
    "react",
    action(aboutMessage.extend({ emoji: z.string() }), (phone, { id, emoji }) =>
      phone.react(id, emoji),
    ),
  ],
  [
    "edit",
    action(aboutMessage.extend({ text }), (phone, asked) => phone.edit(asked.id, asked.text)),
  ],
  ["delete", action(aboutMessage, (phone, { id }) => phone.deleteForEveryone(id))],
  [
    "forward",
    action(aboutMessage.extend(chat.shape), (phone, { id, to }) => phone.forward(id, to)),
  ],
  ["play", action(aboutMessage, (phone, { id }) => phone.play(id))],
  [
    "media",
    action(
      file.extend({
        to: text,
        kind: z.enum(["image", "video", "audio", "voice", "document", "sticker"]),
      }),
      (phone, { to, kind, data, ...options }) =>
        phone.sendMedia(to, kind, Buffer.from(data, "base64"), options),
    ),
  ],
  [
    "view-once",
    action(
      file.extend({ to: text, kind: z.enum(["image", "video"]) }),
      (phone, { to, kind, data, ...options }) =>
        phone.viewOnce(to, kind, Buffer.from(data, "base64"), options),
    ),
  ],
  [
    "location",
    action(
      chat.extend({
        latitude: z.number(),
        longitude: z.number(),
        name: z.string().default(""),
        address: z.string().default(""),
      }),
      (phone, { to, ...place }) => phone.location(to, place),
    ),
  ],
  [
    "contact",
    action(chat.extend({ name: text, number: text }), (phone, { to, name, number }) =>
      phone.contact(to, name, number),
    ),
  ],
  [
    "poll",
    action(
      chat.extend({
        question: text,
        options: z.array(text).min(2),
        selectable: z.number().int().min(0).default(1),
      }),
      (phone, { to, question, options, selectable }) =>
        phone.poll(to, question, options, selectable),
    ),
  ],
  [
    "vote",
    action(aboutMessage.extend({ options: z.array(text) }), (phone, { id, options }) =>
      phone.vote(id, options),
    ),
  ],
  [
    "status",
    action(z.object({ text, viewers: z.array(text) }), (phone, asked) =>
      phone.status(asked.text, asked.viewers),
    ),
  ],
  ["archive", toggle("archive")],
  ["pin", toggle("pin")],
  ["mark-read", toggle("markRead")],
  [
    "mute",
    action(chat.extend({ until: z.number().optional() }), (phone, { to, until }) =>
      phone.mute(to, until),
    ),
  ],
  [
    "presence",
    action(z.object({ state: z.enum(["available", "unavailable"]) }), (phone, { state }) =>
      phone.setPresence(state),
    ),
  ],
  [
    "block",
    action(z.object({ number: text, on: z.boolean().default(true) }), (phone, { number, on }) =>
      phone.block(number, on),
    ),
  ],
  [
    "call",
    action(chat.extend({ video: z.boolean().default(false) }), (phone, { to, video }) =>
      phone.call(to, { video }),
    ),
  ],
]);

/** Everything that a person does on a phone besides writing text, one name each. */
export const actionRoutes: ControlRoute[] = [
  {
    method: "POST",
    path: "/control/phones/:number/actions/:action",
    largestBody: 16 * 1024 * 1024,
    handle: (request) => {
      const name = request.params["action"] ?? "";
      const run = actions.get(name);
      if (!run)
        throw notFound(`no phone can ${name}: known actions are ${[...actions.keys()].join(", ")}`);
      return orRefuse(async () => toPlain(await run(phoneOf(request), request.json())));
    },
  },
];
