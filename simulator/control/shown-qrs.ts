import type { Registrations } from "../connection/registrations.ts";
import { parseQr } from "../phone/parse-qr.ts";

export type PendingQr = {
  ref: string;
  connection: number;
  expiresAt: string;
  /** The name that the client gave, if any. */
  name?: string;
  /** Whether the whole code is known here, so that a phone may scan it by its ref. */
  scannable: boolean;
};

/**
 * The server knows the refs of waiting clients, but not the secret that only their QR codes carry.
 * A code is scannable by ref once somebody has shown all of it here.
 */
export const makeShownQrs = (registrations: Registrations) => {
  const shown = new Map<string, string>();

  const forgetFinished = (): void => {
    for (const ref of shown.keys()) if (!registrations.find(ref)) shown.delete(ref);
  };

  return {
    /** Keeps a code until its client is linked or gone; throws when no client here shows it. */
    show: (qr: string): { ref: string } => {
      const { ref } = parseQr(qr);
      if (!registrations.find(ref))
        throw new Error("no client that waits here shows this code: post the one it shows now");
      shown.set(ref, qr);
      return { ref };
    },
    /** The whole code behind a ref; throws when it was never shown here. */
    require: (ref: string): string => {
      forgetFinished();
      const qr = shown.get(ref);
      if (qr === undefined)
        throw new Error(
          "only the ref of this code is known here, not its secret: " +
            "post the text of the QR code to /control/qrs first, or scan with {qr}",
        );
      return qr;
    },
    /** What each waiting client shows now. */
    pending: (): PendingQr[] => {
      forgetFinished();
      return registrations.current().map(({ ref, ...rest }) => {
        const name = registrations.find(ref)?.pushName;
        const named = name === undefined ? {} : { name };
        return { ref, ...rest, ...named, scannable: shown.has(ref) };
      });
    },
  };
};

export type ShownQrs = ReturnType<typeof makeShownQrs>;
