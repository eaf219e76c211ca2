import { unlinkDevice } from "../routing/unlink-device.ts";
import type { MessageMatch, ReceivedMessage } from "./inbox.ts";
import { connectPhone, disconnectPhone } from "./connect-phone.ts";
import { enterCode } from "./enter-code.ts";
import type { SentMessage } from "./outbox.ts";
import type { PhoneState, Undecryptable } from "./phone-state.ts";
import type { PhoneReceipt } from "./receipt-log.ts";
import { sendReadReceipt } from "./message-receipts.ts";
import { makePhoneSettings, type PhoneSettingsActions } from "./phone-settings.ts";
import { makePhoneGroups, type PhoneGroupActions } from "./phone-groups.ts";
import { makePhoneActions, type PhoneActions } from "./phone-actions.ts";
import { isSharedJid } from "../stanza/jid.ts";
import { scan } from "./scan.ts";

/** A WhatsApp account with its primary device; every contact is just another phone. */
export type Phone = PhoneActions &
  PhoneSettingsActions &
  PhoneGroupActions & {
    number: string;
    lid: string;
    name: string;
    /** Links the companion that shows this QR code; rejects for an invalid or expired one. */
    scan(qr: string): Promise<{ device: number; jid: string }>;
    /** Links the companion that shows this pairing code for this phone's number. */
    enterPairingCode(code: string): Promise<{ device: number; jid: string }>;
    devices(): { device: number; online: boolean; linkedAt: string }[];
    /** Removes a companion: error 401 now, or at its next login. */
    unlink(device: number): Promise<void>;
    /** What device 0 shows, in order; copies of what own companions sent are among it. */
    received(): ReceivedMessage[];
    /** What device 0 sent, in order. */
    sent(): SentMessage[];
    waitForMessage(match: MessageMatch, timeoutMs?: number): Promise<ReceivedMessage>;
    /** What it could not decrypt; it asked the sender for a retry each time. */
    undecryptable(): Undecryptable[];
    /** What came back for what it sent. */
    receipts(): PhoneReceipt[];
    /** Tells the author that a received message was read. */
    read(id: string): Promise<void>;
    /** Tells the author that a received voice message or film was played. */
    play(id: string): Promise<void>;
    /** From now on the server keeps its messages. */
    goOffline(): void;
    /** Takes what the server kept, in order; resolves when all of it is handled. */
    goOnline(): Promise<void>;
  };

/** For busy machines; what comes at all mostly comes at once. */
const defaultTimeoutMs = 30_000;

const unlink = (state: PhoneState, id: number): void => {
  const device = state.account.devices.get(id);
  if (!device || id === 0) {
    const linked = [...state.account.devices.keys()].filter((known) => known !== 0);
    throw new Error(
      `phone ${state.account.number} has no companion ${id}: linked are [${linked.join(", ")}]`,
    );
  }
  unlinkDevice(state.world, device);
};

const confirm = (state: PhoneState, id: string, type: "read" | "played"): void => {
  const message = state.inbox.find({ id });
  const author =
    message && state.world.accounts.ofNumber(message.from)?.devices.get(message.fromDevice);
  if (!author)
    throw new Error(`phone ${state.account.number} has received no message with the id ${id}`);
  sendReadReceipt(state, id, author, isSharedJid(message.to) ? message.to : message.from, type);
};

/** The outside of a phone. */
export const toPhone = (state: PhoneState): Phone => ({
  ...makePhoneActions(state),
  ...makePhoneSettings(state),
  ...makePhoneGroups(state),
  number: state.account.number,
  lid: state.account.lid,
  name: state.account.name,
  scan: (qr) => scan(state, qr),
  enterPairingCode: (code) => enterCode(state, code),
  devices: () =>
    [...state.account.devices.values()].map(({ id, stream, linkedAt }) => ({
      device: id,
      online: stream !== undefined,
      linkedAt,
    })),
  unlink: async (device) => unlink(state, device),
  received: () => state.inbox.all(),
  sent: () => state.outbox.all(),
  waitForMessage: (match, timeoutMs = defaultTimeoutMs) => state.inbox.waitFor(match, timeoutMs),
  undecryptable: () => [...state.undecryptable],
  receipts: () => state.receipts.all(),
  read: async (id) => confirm(state, id, "read"),
  play: async (id) => confirm(state, id, "played"),
  goOffline: () => disconnectPhone(state),
  goOnline: () => connectPhone(state),
});
