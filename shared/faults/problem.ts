import { z } from "zod";
import { Fault } from "./fault.ts";
import { faultCodes, faultTable } from "./table.ts";

export const problemSchema = z
  .looseObject({
    type: z.string().describe("Stable URI of this kind of problem"),
    title: z.string(),
    status: z.int(),
    code: z.enum(faultCodes),
    detail: z.string().describe("What to do about it"),
    requestId: z.string(),
    retryable: z.boolean(),
    fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .describe("RFC 9457 problem document");

export type Problem = z.infer<typeof problemSchema>;

/** The one place where a failure becomes what a caller sees. Bugs show nothing of themselves. */
export function toProblem(error: unknown, requestId: string): Problem {
  const fault = error instanceof Fault ? error : new Fault("internal");
  const [status, title, advice, retryable] = faultTable[fault.code];
  const { detail, fields, extra } = fault.options;
  return {
    ...extra,
    type: `https://wafleet.dev/problems/${fault.code}`,
    title,
    status,
    code: fault.code,
    detail: detail ?? advice,
    requestId,
    retryable,
    ...(fields ? { fields } : {}),
  };
}

/** zod's findings as the problem document lists them. */
export function badFields(error: z.ZodError): { path: string; message: string }[] {
  return error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
}
