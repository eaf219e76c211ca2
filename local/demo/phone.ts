import { z } from "zod";
import { call } from "./call.ts";

const phoneSchema = z.object({ number: z.string() });
const devicesSchema = z.array(z.object({ device: z.number(), online: z.boolean() }));
const messagesSchema = z.array(z.object({ id: z.string(), from: z.string(), text: z.string() }));

/** A simulated phone, moved from outside as a hand would. */
export type Phone = {
  number: string;
  scan(qr: string): Promise<void>;
  say(to: string, text: string): Promise<void>;
  /** What it shows, in order. */
  received(): Promise<z.infer<typeof messagesSchema>>;
  /** Opens the chat, so that the author is told that it was read. */
  read(id: string): Promise<void>;
  /** Linked devices, without the phone itself. */
  linked(): Promise<z.infer<typeof devicesSchema>>;
};

export async function createPhone(controlUrl: string, name: string): Promise<Phone> {
  const made = await call({
    method: "POST",
    url: `${controlUrl}/control/phones`,
    body: { name },
  });
  const { number } = phoneSchema.parse(made);
  const base = `${controlUrl}/control/phones/${number}`;
  const post = async (path: string, body?: unknown) => {
    await call({ method: "POST", url: `${base}/${path}`, body });
  };
  const get = (path: string) => call({ method: "GET", url: `${base}/${path}` });
  return {
    number,
    scan: (qr) => post("scan", { qr }),
    say: (to, text) => post("messages", { to, text }),
    received: async () => messagesSchema.parse(await get("messages")),
    read: (id) => post(`messages/${id}/read`),
    async linked() {
      const devices = devicesSchema.parse(await get("devices"));
      return devices.filter(({ device }) => device !== 0);
    },
  };
}
