import { listPage } from "#functions/api/list-page.ts";
import { boundSession } from "#functions/auth/caller.ts";
import type { ApiDeps } from "#functions/middleware/exchange.ts";
import { implement } from "#functions/middleware/implement.ts";
import { auditPartition, auditPrefix } from "#functions/store/audit.ts";
import type { AuditItem } from "#functions/store/audit.ts";
import { auditEntrySchema } from "#shared/contracts/audit.ts";
import { insightRoutes } from "#shared/routes/insight.ts";

export const listAudit = implement(
  insightRoutes.listAudit,
  async ({ caller, query }, { audit }: ApiDeps) => {
    const bound = boundSession(caller);
    const { page, nextCursor } = await listPage<AuditItem>(
      audit,
      {
        partition: auditPartition(caller.accountId),
        prefix: auditPrefix,
        newestFirst: true,
        isShown: ({ target }) => bound === undefined || target["sessionId"] === bound,
      },
      query,
    );
    const data = page.map((item) => auditEntrySchema.parse(item));
    return { status: 200, body: { data, nextCursor } };
  },
);
