/** How far a connection has come: from the first frame to everything delivered. */
export type Phase = "handshake" | "pairing" | "login" | "drain" | "open";

type Times = { times?: number | undefined };
type StanzaMatch = {
  direction: "in" | "out";
  /** Only stanzas with this tag; all when absent. */
  tag?: string | undefined;
  /** Only on connections of this account's companions. */
  number?: string | undefined;
};

/** Something that the server does wrong on purpose; `times` ends it after so many uses. */
export type Fault =
  | { kind: "never-answer-usync"; number: string }
  | { kind: "hold-acks"; number?: string | undefined }
  | ({ kind: "ack-error"; code: number; toNumber?: string | undefined } & Times)
  | { kind: "silence" }
  | { kind: "wrong-certificate" }
  | ({ kind: "login-failure"; reason: number } & Times)
  | ({ kind: "refuse-upgrade"; status: number } & Times)
  | ({ kind: "cut-before-routing" } & Times)
  | ({ kind: "cut-before-ack" } & Times)
  /** With a stream error, else with a WebSocket close code, else by cutting TCP. */
  | ({
      kind: "end-connection";
      phase: Phase;
      code?: number | undefined;
      conflict?: string | undefined;
      closeCode?: number | undefined;
    } & Times)
  | ({ kind: "drop-stanzas" } & StanzaMatch & Times)
  | ({ kind: "delay-stanzas"; ms: number } & StanzaMatch & Times)
  | ({ kind: "reorder-messages"; number?: string | undefined } & Times)
  | { kind: "read-slowly"; ms: number; number?: string | undefined }
  | ({ kind: "corrupt-messages"; toNumber?: string | undefined } & Times)
  | ({ kind: "refuse-upload"; status: number } & Times)
  | ({ kind: "refuse-download"; status: number } & Times);

export type FaultKind = Fault["kind"];
type FaultOf<K extends FaultKind> = Extract<Fault, { kind: K }>;

type ActiveFault = { id: number; fault: Fault; left: number };

/** The faults at work now, asked by the parts of the server that they concern. */
export const makeActiveFaults = () => {
  const active = new Map<number, ActiveFault>();
  let lastId = 0;

  const find = <K extends FaultKind>(
    kind: K,
    applies: (fault: FaultOf<K>) => boolean,
  ): ActiveFault | undefined => {
    for (const entry of active.values())
      if (entry.fault.kind === kind && applies(entry.fault as FaultOf<K>)) return entry;
    return undefined;
  };

  return {
    start: (fault: Fault): { id: number; end: () => void } => {
      lastId += 1;
      const id = lastId;
      const times = "times" in fault ? fault.times : undefined;
      active.set(id, { id, fault, left: times ?? Number.POSITIVE_INFINITY });
      return { id, end: () => void active.delete(id) };
    },
    isActive: <K extends FaultKind>(
      kind: K,
      applies: (fault: FaultOf<K>) => boolean = () => true,
    ): boolean => find(kind, applies) !== undefined,
    /** The fault, if it strikes now; each call uses up one of its times. */
    strike: <K extends FaultKind>(
      kind: K,
      applies: (fault: FaultOf<K>) => boolean = () => true,
    ): FaultOf<K> | undefined => {
      const entry = find(kind, applies);
      if (!entry) return undefined;
      entry.left -= 1;
      if (entry.left <= 0) active.delete(entry.id);
      return entry.fault as FaultOf<K>;
    },
    list: (): { id: number; fault: Fault }[] =>
      [...active.values()].map(({ id, fault }) => ({ id, fault })),
    end: (id: number): boolean => active.delete(id),
    endAll: (): void => active.clear(),
  };
};

export type ActiveFaults = ReturnType<typeof makeActiveFaults>;
