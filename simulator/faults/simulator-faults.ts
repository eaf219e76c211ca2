import type { ActiveFaults, Fault } from "./active-faults.ts";

/** Each starts a fault and returns what ends it. */
export type SimulatorFaults = {
  /** Device and contact queries that name this number are never answered. */
  neverAnswerUsyncFor(number: string): () => void;
  /** Messages are accepted and routed, but their acks are dropped (of all, or to and from one number). */
  holdAcks(number?: string): () => void;
  /** Messages are refused with this code (463, 479, 429…) and not routed. */
  ackError(code: number, times?: number, toNumber?: string): () => void;
  /** Nothing is read, answered or sent any more; connections stay open. */
  goSilent(): () => void;
  /** The certificate chain is signed by another root than the published one. */
  wrongCertificate(): () => void;
  /** Logins get `<failure reason=N>`. */
  loginFailure(reason: number, times?: number): () => void;
  /** The WebSocket upgrade is refused with this HTTP status. */
  refuseUpgrade(status: number, times?: number): () => void;
  /** The sender's connection is cut when its message arrives; nobody gets the message. */
  cutBeforeRouting(times?: number): () => void;
  /** The message is routed, but its sender's connection is cut instead of acknowledging it. */
  cutBeforeAck(times?: number): () => void;
};

export const makeSimulatorFaults = (faults: ActiveFaults): SimulatorFaults => {
  const start = (fault: Fault): (() => void) => faults.start(fault).end;
  return {
    neverAnswerUsyncFor: (number) => start({ kind: "never-answer-usync", number }),
    holdAcks: (number) => start({ kind: "hold-acks", number }),
    ackError: (code, times, toNumber) => start({ kind: "ack-error", code, times, toNumber }),
    goSilent: () => start({ kind: "silence" }),
    wrongCertificate: () => start({ kind: "wrong-certificate" }),
    loginFailure: (reason, times) => start({ kind: "login-failure", reason, times }),
    refuseUpgrade: (status, times) => start({ kind: "refuse-upgrade", status, times }),
    cutBeforeRouting: (times) => start({ kind: "cut-before-routing", times }),
    cutBeforeAck: (times) => start({ kind: "cut-before-ack", times }),
  };
};
