import { phoneJidOf, type Account, type Device } from "../accounts/account.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { phoneServer, toJid } from "../stanza/jid.ts";

export type CallState = "ringing" | "rejected" | "accepted" | "ended" | "timeout";

/** A call as its caller's phone sees it. */
export type Call = {
  id: string;
  to: string;
  video: boolean;
  state: CallState;
  /** Number and device of the one who rejected or accepted. */
  by?: string;
};

type Live = Call & { caller: Device; callee: Account };

const outcomes: Record<string, CallState> = { reject: "rejected", accept: "accepted" };

/** The calls of one server: signalling only, there is no sound. */
export const makeCalls = (now: () => number, random: (length: number) => Uint8Array) => {
  const calls = new Map<string, Live>();

  const signal = (
    live: Live,
    tag: string,
    attributes: Record<string, string> = {},
    content: BinaryNode[] = [],
  ): void => {
    const from = toJid(live.caller.account.number, phoneServer);
    const attrs = {
      "call-id": live.id,
      "call-creator": phoneJidOf(live.caller),
      from,
      caller_pn: from,
      ...attributes,
    };
    const t = String(Math.floor(now() / 1000));
    for (const device of live.callee.devices.values())
      device.stream?.send({
        tag: "call",
        attrs: { from, id: `call-${live.id}-${tag}`, t },
        content: [{ tag, attrs, content }],
      });
  };

  const require = (id: string): Live => {
    const live = calls.get(id);
    if (!live) throw new Error(`there is no call ${id}: start one first`);
    return live;
  };

  return {
    offer: (caller: Device, callee: Account, video: boolean): Call => {
      const id = Buffer.from(random(16)).toString("hex").toUpperCase();
      const live: Live = { id, to: callee.number, video, state: "ringing", caller, callee };
      calls.set(id, live);
      const audio: BinaryNode = { tag: "audio", attrs: { enc: "opus", rate: "16000" } };
      signal(live, "offer", {}, video ? [audio, { tag: "video", attrs: {} }] : [audio]);
      return live;
    },
    end: (id: string, state: "ended" | "timeout"): void => {
      const live = require(id);
      live.state = state;
      signal(live, "terminate", state === "timeout" ? { reason: "timeout" } : {});
    },
    /** What a called device answers. */
    answer: (device: Device, id: string, tag: string): void => {
      const live = calls.get(id);
      const state = outcomes[tag];
      if (live?.callee !== device.account || !state || live.state !== "ringing") return;
      live.state = state;
      live.by = phoneJidOf(device);
    },
    ofCaller: (account: Account): Call[] =>
      [...calls.values()]
        .filter(({ caller }) => caller.account === account)
        .map(({ id, to, video, state, by }) => ({ id, to, video, state, ...(by ? { by } : {}) })),
  };
};

export type Calls = ReturnType<typeof makeCalls>;
