import { useQueryClient } from "@tanstack/preact-query";
import { ApiError } from "#client/api-error.ts";
import type { Answer } from "#client/operation.ts";
import { requireData } from "#client/require-data.ts";
import { wait } from "#client/wait.ts";
import { useApi } from "../access/use-api.ts";
import { TextError } from "../texts/text-error.ts";
import { texts } from "../texts/texts.ts";

export type Bundle = Extract<Answer<"exportSession">, { bundleId: string }>;

type UnderWay = Extract<Answer<"exportSession">, { retryIn: number }>;

/** Each waits for seconds on the way. */
const mostTries = 10;

const bundleIdIn = /bnd_[0-9A-HJKMNP-TV-Z]{26}/;

/** The id of a bundle that is named by it. */
export function findBundleId(text: string): string | undefined {
  return bundleIdIn.exec(text)?.[0];
}

/** A session's way into a sealed bundle, and out of one. */
export function useBundle(sessionId: string) {
  const { api } = useApi();
  const queries = useQueryClient();
  const params = { path: { sessionId } };
  const changed = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ["session", sessionId] }),
      queries.invalidateQueries({ queryKey: ["sessions"] }),
    ]);
  /** Asked again while it is under way, it goes on with the same bundle. */
  async function untilDone<Done extends object>(
    ask: () => Promise<Done | UnderWay>,
  ): Promise<Done> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const answer = await ask();
      if (!("retryIn" in answer)) {
        await changed();
        return answer;
      }
      await wait(answer.retryIn);
    }
    throw new TextError(texts.move.takesLong);
  }
  const take = () =>
    untilDone(() => requireData(api.POST("/v1/sessions/{sessionId}/export", { params })));
  const give = (bundleId: string) =>
    untilDone(() =>
      requireData(api.POST("/v1/sessions/{sessionId}/import", { params, body: { bundleId } })),
    );
  /** What the store does not have any more is sent to it first. */
  async function giveFile(bundleId: string, file: File): Promise<void> {
    try {
      await give(bundleId);
    } catch (error) {
      const uploadUrl = error instanceof ApiError && error.problem?.["uploadUrl"];
      if (typeof uploadUrl !== "string") throw error;
      const answer = await fetch(uploadUrl, { method: "PUT", body: file });
      if (!answer.ok) throw new TextError(texts.move.uploadFailed, { cause: error });
      await give(bundleId);
    }
  }
  return { take, give, giveFile };
}
