import { implement } from "#functions/middleware/implement.ts";
import * as numberChecks from "#functions/store/number-checks.ts";
import * as sessions from "#functions/store/sessions.ts";
import { requireAddress } from "#shared/address.ts";
import { contactRoutes } from "#shared/routes/contacts.ts";
import pMap from "p-map";
import { askSession } from "./ask.ts";
import type { ChatDeps } from "./chat-deps.ts";

const concurrency = 10;

/** Asks WhatsApp only about those that it was not asked about within a day. */
export const checkContacts = implement(
  contactRoutes.checkContacts,
  async (call, deps: ChatDeps) => {
    const session = await sessions.require(deps.control, call.caller, call.params.sessionId);
    const asked = call.body.contacts.map((text) => requireAddress(text).jid);
    const known = await numberChecks.find(deps.messages, session.sessionId, asked);
    const contacts = [...new Set(asked)].filter((jid) => !known.has(jid));
    if (contacts.length > 0) {
      const told = await askSession(deps, session, call, { kind: "contacts.check", contacts });
      if (told.status === 202) return told;
      for (const checked of told.body.data) known.set(checked.asked, checked);
      const fresh = told.body.data;
      await pMap(fresh, (one) => numberChecks.put(deps.messages, session, one), { concurrency });
    }
    const data = asked.flatMap((jid) => known.get(jid) ?? []);
    return { status: 200, body: { data } };
  },
);
