import { createHash, randomUUID } from "node:crypto";
import type { Caller } from "#functions/auth/caller.ts";
import { boundSession, nameOf } from "#functions/auth/caller.ts";
import * as records from "#functions/store/idempotency.ts";
import type { ItemKey } from "#functions/store/items.ts";
import { Fault } from "#shared/faults/fault.ts";
import type { ApiDeps, ApiResult } from "./exchange.ts";
import type { AnyAnswer, Attempt } from "./implement.ts";
import { openAnswer, sealAnswer } from "./seal-answer.ts";
import { toResult } from "./to-result.ts";

/**
 * A try that has not answered after so long has crashed: the next one may continue it. No Lambda
 * of ours may run that long, so two tries never work at the same time.
 */
const tryMs = 30_000;

type Use = {
  caller: Caller;
  idempotencyKey: string;
  request: { method: string; path: string; body: unknown };
  requestId: string;
};

type Claim = { attempt: Attempt } | { answer: records.IdempotencyItem };

/**
 * Runs for each use of an Idempotency-Key, as the same attempt each time: for what finds by itself what
 * an earlier try has made. One write for a key, where a kept answer takes two; and nobody has to wait.
 */
export async function runAgain(
  deps: ApiDeps,
  use: Use,
  run: (attempt: Attempt) => Promise<AnyAnswer>,
): Promise<ApiResult> {
  const key = recordKeyOf(use);
  const fingerprint = fingerprintOf(use);
  const fresh = { startedAt: deps.now(), seed: randomUUID() };
  if (await records.create(deps.control, key, { ...fresh, fingerprint, lockedUntil: 0 })) {
    return toResult(await run({ ...fresh, repeatable: true }), use.requestId);
  }
  const found = await records.find(deps.control, key);
  // Expired in this moment.
  if (!found) throw new Fault("idempotency_key_in_progress", { headers: { "retry-after": "1" } });
  if (found.fingerprint !== fingerprint) throw new Fault("idempotency_key_reused");
  const { startedAt, seed } = found;
  const attempt: Attempt = { startedAt, seed, repeatable: true, isAgain: true };
  const result = toResult(await run(attempt), use.requestId);
  return attempt.isReplayed ? asReplayed(result) : result;
}

function recordKeyOf({ caller, idempotencyKey }: Use): ItemKey {
  return records.recordKey(caller.accountId, hashKey(idempotencyKey));
}

export function hashKey(idempotencyKey: string): string {
  return sha256(requireKey(idempotencyKey));
}

function asReplayed(result: ApiResult): ApiResult {
  return { ...result, headers: { ...result.headers, "idempotent-replayed": "true" } };
}

/** Runs once for each Idempotency-Key of an account; a repetition gets the first answer again. */
export async function runIdempotently(
  deps: ApiDeps,
  use: Use,
  run: (attempt: Attempt) => Promise<AnyAnswer>,
): Promise<ApiResult> {
  const key = recordKeyOf(use);
  const claim = await claimKey(deps, key, keptFingerprintOf(use));
  const secret = await deps.tokenSecret();
  if ("answer" in claim) {
    const first = openAnswer(secret, key.pk, claim.answer.answer ?? new Uint8Array());
    return asReplayed(toResult({ status: first.status, body: first.body }, use.requestId));
  }
  const { seed } = claim.attempt;
  try {
    const answer = await run(claim.attempt);
    const body = "body" in answer ? answer.body : undefined;
    const sealed = sealAnswer(secret, key.pk, { status: answer.status, body });
    await records.finish(deps.control, key, seed, sealed);
    return toResult(answer, use.requestId);
  } catch (error) {
    // Should this fail too, the lock ends by itself; what counts is why the run failed.
    await records.release(deps.control, key, seed).catch(() => undefined);
    throw error;
  }
}

async function claimKey(deps: ApiDeps, key: ItemKey, fingerprint: string): Promise<Claim> {
  const { control, now } = deps;
  const fresh = { startedAt: now(), seed: randomUUID() };
  const lockedUntil = now() + tryMs;
  if (await records.create(control, key, { ...fresh, fingerprint, lockedUntil })) {
    return { attempt: { ...fresh, repeatable: true } };
  }
  const found = await records.find(control, key);
  if (found && found.fingerprint !== fingerprint) throw new Fault("idempotency_key_reused");
  if (found?.answer) return { answer: found };
  const free = found && found.lockedUntil <= now();
  if (free && (await records.takeOver(control, key, found, lockedUntil))) {
    return { attempt: { startedAt: found.startedAt, seed: found.seed, repeatable: true } };
  }
  throw new Fault("idempotency_key_in_progress", { headers: { "retry-after": "1" } });
}

/** A key that is bound to a session must not be shown what was answered about another one. */
function fingerprintOf({ caller, request }: Use): string {
  return sha256(JSON.stringify([boundSession(caller) ?? null, request]));
}

/** A kept answer may hold what is shown once, to whoever asked, who may do more than somebody else. */
function keptFingerprintOf(use: Use): string {
  return sha256(JSON.stringify([nameOf(use.caller), fingerprintOf(use)]));
}

function requireKey(key: string): string {
  if (/^[\x20-\x7e]{1,255}$/.test(key)) return key;
  throw new Fault("validation_failed", {
    fields: [{ path: "Idempotency-Key", message: "must be 1 to 255 printable characters" }],
  });
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
