import type { BinaryNode } from "../stanza/codec.ts";

/** A companion that shows QR codes: what it registers with, and how to finish its pairing. */
export type Registration = {
  connection: number;
  refs: { ref: string; expiresAt: number }[];
  companion: CompanionKeys;
  /** The name that some clients give before they have an account. */
  pushName: string | undefined;
  /** Set once the companion shows a pairing code. */
  linkCode(): LinkCodeRequest | undefined;
  /** Sends pair-success and gives the companion's signed answer. */
  pair(success: BinaryNode): Promise<BinaryNode>;
  /** Asks the companion to confirm with a passkey; it is not linked before it does. */
  demandPasskey(): void;
  /** Ends the connection the way a successful pairing does. */
  restart(): void;
};

export type CompanionKeys = {
  noiseKey: Uint8Array;
  registrationId: number;
  identity: Uint8Array;
  signedPreKey: { id: number; value: Uint8Array; signature: Uint8Array };
};

type PrimaryHello = { identity: Uint8Array; wrappedEphemeral: Uint8Array };
export type CompanionFinish = { identity: Uint8Array; wrappedBundle: Uint8Array };

/** A companion that shows an eight-character code instead of a QR code. */
export type LinkCodeRequest = {
  /** The account whose phone shall type the code. */
  number: string;
  wrappedEphemeral: Uint8Array;
  /** Gives the companion the phone's half of the key exchange, for the companion's other half. */
  exchange(hello: PrimaryHello): Promise<CompanionFinish>;
};

/** The refs that are on a screen somewhere, waiting for a phone to scan them. */
export const makeRegistrations = (now: () => number) => {
  const open = new Set<Registration>();

  const owner = (ref: string): Registration | undefined =>
    [...open].find((registration) => registration.refs.some((own) => own.ref === ref));

  return {
    open: (registration: Registration): void => void open.add(registration),
    find: owner,
    close: (registration: Registration): void => void open.delete(registration),
    /** The registration behind a ref; throws when the ref is unknown, used or too old. */
    claim: (ref: string): Registration => {
      const registration = owner(ref);
      const own = registration?.refs.find((candidate) => candidate.ref === ref);
      if (!registration || !own)
        throw new Error(
          "this QR code is not valid here: its ref is unknown or already used; scan a fresh one",
        );
      if (own.expiresAt <= now())
        throw new Error("this QR code has expired: scan the one that is shown now");
      open.delete(registration);
      return registration;
    },
    /** The latest companion that shows a pairing code for this number. */
    findByCode: (number: string): { registration: Registration; request: LinkCodeRequest } => {
      for (const registration of [...open].toReversed()) {
        const request = registration.linkCode();
        if (request?.number === number) return { registration, request };
      }
      throw new Error(`no device shows a pairing code for ${number}: ask it for one first`);
    },
    /** The ref that each waiting connection shows now. */
    current: (): { ref: string; connection: number; expiresAt: string }[] =>
      [...open].flatMap(({ refs, connection }) => {
        const shown = refs.find(({ expiresAt }) => expiresAt > now());
        return shown
          ? [{ ref: shown.ref, connection, expiresAt: new Date(shown.expiresAt).toISOString() }]
          : [];
      }),
  };
};

export type Registrations = ReturnType<typeof makeRegistrations>;
