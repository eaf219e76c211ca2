// WhatsApp and the people on it, as far as a linked device sees them: one connection a device,
// messages kept until receipted, contacts who drop what they have and cannot read what is sealed
// with a counter that they know.
import { textOf, toBytes, toPlaintext } from "./counter-signal.ts";
import type { Ciphertext } from "./counter-signal.ts";
import type { Connection } from "./connection.ts";
import type { ClientFrame } from "./frames.ts";
import type { Violations } from "./violations.ts";
import type { Weather } from "./weather.ts";
import type { World } from "./world.ts";

type Waiting = { id: string; from: string; at: number; ciphertext: Buffer };

/** What one device of ours is to one contact. */
type Chat = { used: Map<number, string>; sent: number };

export type Account = {
  phone: string;
  /** The linked device, as its JID; undefined while there is none. */
  device: string | undefined;
  devices: number;
  connection: Connection | undefined;
  inbound: Waiting[];
  receipts: { id: string; from: string }[];
  chats: Map<string, Chat>;
};

export class WhatsappPeer {
  accounts = new Map<string, Account>();
  /** What each contact's user sees, in order: texts by contact's JID. */
  screens = new Map<string, string[]>();
  /** Ids of inbound messages that the linked device must turn into one event each. */
  owed = new Map<string, string>();
  /** Ids of our messages whose delivery receipt was acknowledged by us. */
  acknowledged = new Set<string>();
  #shown = new Set<string>();
  /** Connections that show a code, by what it says. */
  #codes = new Map<string, Connection>();
  #world: World;
  #weather: Weather;
  #violations: Violations;
  #said = 0;

  constructor(world: World, weather: Weather, violations: Violations) {
    this.#world = world;
    this.#weather = weather;
    this.#violations = violations;
  }

  addAccount(phone: string): Account {
    const account: Account = {
      phone,
      device: undefined,
      devices: 1,
      connection: undefined,
      inbound: [],
      receipts: [],
      chats: new Map(),
    };
    account.device = deviceOf(account);
    this.accounts.set(phone, account);
    return account;
  }

  /** A contact writes; nothing happens while no device of ours is linked. */
  say(phone: string, contact: string): void {
    const account = this.#require(phone);
    const { device } = account;
    if (!device) return;
    this.#said += 1;
    const id = `IN${this.#said}`;
    const chat = chatOf(account, device, contact);
    const payload = toPlaintext({ conversation: `inbound ${id}` }).toString("base64");
    const ciphertext = toBytes({ counter: chat.sent, payload } satisfies Ciphertext);
    chat.sent += 1;
    const waiting = { id, from: contact, at: this.#world.now(), ciphertext };
    account.inbound.push(waiting);
    this.owed.set(id, device);
    account.connection?.toClient({ tag: "message", ...waiting });
  }

  /** The account's user scans the code that is shown. */
  scan(phone: string, ref: string): void {
    const connection = this.#codes.get(ref);
    if (!connection?.serverOpen || connection.account) return;
    const account = this.#require(phone);
    account.devices += 1;
    connection.account = phone;
    connection.toClient({ tag: "pair-success", device: deviceOf(account) });
  }

  receive(connection: Connection, frame: ClientFrame): void {
    if (frame.tag === "login" && !frame.device) return this.#showCode(connection);
    const account = this.#require(connection.account ?? "");
    if (frame.tag === "login") return this.#login(account, connection, frame.device);
    if (frame.tag === "paired") return this.#link(account, connection);
    if (account.connection !== connection || !account.device) return;
    const { random } = this.#world;
    if (this.#weather.stormy && random.chance(this.#weather.breakWire)) {
      this.#world.note(`connection of ${account.phone} breaks`);
      return connection.breakDown(random.next() * 30_000);
    }
    switch (frame.tag) {
      case "message":
        return this.#forward(account, connection, frame);
      case "receipt":
        account.inbound = account.inbound.filter(({ id }) => id !== frame.id);
        return connection.toClient({ tag: "ack", class: "receipt", id: frame.id });
      case "receipt-ack":
        account.receipts = account.receipts.filter(({ id }) => id !== frame.id);
        return void this.acknowledged.add(frame.id);
      case "unlink":
        return this.#unlink(account, connection);
    }
  }

  gone(connection: Connection): void {
    const account = this.accounts.get(connection.account ?? "");
    if (account?.connection === connection) account.connection = undefined;
  }

  #showCode(connection: Connection): void {
    const ref = `code-${this.#codes.size + 1}`;
    this.#codes.set(ref, connection);
    connection.toClient({ tag: "qr", ref });
  }

  #login(account: Account, connection: Connection, device: string | undefined): void {
    if (device !== account.device) return connection.toClient({ tag: "end", code: 401 });
    account.connection?.toClient({ tag: "end", code: 440 });
    account.connection = connection;
    connection.toClient({ tag: "success" });
    for (const waiting of account.inbound) connection.toClient({ tag: "message", ...waiting });
    for (const receipt of account.receipts) connection.toClient({ tag: "receipt", ...receipt });
  }

  #link(account: Account, connection: Connection): void {
    this.#forgetDevice(account);
    account.device = deviceOf(account);
    connection.toClient({ tag: "end", code: 515 });
  }

  #unlink(account: Account, connection: Connection): void {
    this.#forgetDevice(account);
    connection.toClient({ tag: "end", code: 401 });
  }

  #forgetDevice(account: Account): void {
    for (const { id } of account.inbound) this.owed.delete(id);
    account.device = undefined;
    account.inbound = [];
    account.receipts = [];
  }

  #forward(
    account: Account,
    connection: Connection,
    { id, to, encrypted }: Extract<ClientFrame, { tag: "message" }>,
  ): void {
    const { random } = this.#world;
    const { stormy, refuse, loseAck } = this.#weather;
    if (stormy && random.chance(refuse)) {
      return connection.toClient({ tag: "ack", class: "message", id, error: 463 });
    }
    for (const [jid, ciphertext] of Object.entries(encrypted)) {
      this.#read(account, jid, id, ciphertext, jid === to);
    }
    if (stormy && random.chance(loseAck)) return;
    connection.toClient({ tag: "ack", class: "message", id });
  }

  #read(account: Account, jid: string, id: string, sealed: Ciphertext, isContact: boolean): void {
    const chat = chatOf(account, account.device ?? "", jid);
    const before = chat.used.get(sealed.counter);
    if (before !== undefined) {
      if (before !== sealed.payload) {
        this.#violations.add("counter", `${jid} gets counter ${sealed.counter} again in ${id}`);
      }
      return;
    }
    chat.used.set(sealed.counter, sealed.payload);
    if (!isContact) return;
    const seenAs = `${account.phone} ${jid} ${id}`;
    if (!this.#shown.has(seenAs)) {
      this.#shown.add(seenAs);
      const screen = this.screens.get(jid) ?? [];
      screen.push(textOf(Buffer.from(sealed.payload, "base64")));
      this.screens.set(jid, screen);
      this.#world.note(`${jid} sees ${screen.at(-1)}`);
    }
    const receipt = { id, from: jid };
    if (!account.receipts.some((waiting) => waiting.id === id)) account.receipts.push(receipt);
    account.connection?.toClient({ tag: "receipt", ...receipt });
  }

  #require(phone: string): Account {
    const account = this.accounts.get(phone);
    if (!account) throw new Error(`nobody has the number ${phone}`);
    return account;
  }
}

function deviceOf({ phone, devices }: Account): string {
  return `${phone}:${devices}@s.whatsapp.net`;
}

function chatOf(account: Account, device: string, contact: string): Chat {
  const name = `${device} ${contact}`;
  let chat = account.chats.get(name);
  if (!chat) account.chats.set(name, (chat = { used: new Map(), sent: 0 }));
  return chat;
}
