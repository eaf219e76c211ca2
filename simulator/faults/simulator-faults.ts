import type { ActiveFaults, Fault, Phase } from "./active-faults.ts";

type EndOptions = Omit<Extract<Fault, { kind: "end-connection" }>, "kind" | "phase">;
type StanzaOptions = Omit<Extract<Fault, { kind: "drop-stanzas" }>, "kind">;

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
  /** Connections end when they reach this phase: with a stream error, a close code, or a cut. */
  endConnection(phase: Phase, options?: EndOptions): () => void;
  /** Stanzas to or from companions vanish; what a device must confirm comes again at its next login. */
  dropStanzas(options: StanzaOptions): () => void;
  /** Stanzas are held back this long, in their order. */
  delayStanzas(ms: number, options: StanzaOptions): () => void;
  /** A message waits until one of another chat has overtaken it; within a chat the order is kept. */
  reorderMessages(options?: { number?: string; times?: number }): () => void;
  /** After each frame the server reads nothing for so long: clients feel the pressure. */
  readSlowly(ms: number, number?: string): () => void;
  /** Ciphertexts are damaged on their way, so that their recipients ask for a retry. */
  corruptMessages(options?: { toNumber?: string; times?: number }): () => void;
  /** The media host answers uploads with this HTTP status. */
  refuseUploads(status: number, times?: number): () => void;
  /** The media host answers downloads with this HTTP status: 403, 404, 410… */
  refuseDownloads(status: number, times?: number): () => void;
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
    endConnection: (phase, options = {}) => start({ kind: "end-connection", phase, ...options }),
    dropStanzas: (options) => start({ kind: "drop-stanzas", ...options }),
    delayStanzas: (ms, options) => start({ kind: "delay-stanzas", ms, ...options }),
    reorderMessages: (options = {}) => start({ kind: "reorder-messages", ...options }),
    readSlowly: (ms, number) => start({ kind: "read-slowly", ms, number }),
    corruptMessages: (options = {}) => start({ kind: "corrupt-messages", ...options }),
    refuseUploads: (status, times) => start({ kind: "refuse-upload", status, times }),
    refuseDownloads: (status, times) => start({ kind: "refuse-download", status, times }),
  };
};
