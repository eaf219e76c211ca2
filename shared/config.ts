import type { z } from "zod";

/** A setting is missing or malformed. The message names each one and the form it must have. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

/** The trace of the present invocation, which Lambda sets anew each time; only when it is kept. */
export function sampledTrace(
  environment: Record<string, string | undefined> = process.env,
): string | undefined {
  const trace = environment["_X_AMZN_TRACE_ID"];
  return trace?.includes("Sampled=1") ? trace : undefined;
}

/**
 * Reads the process's settings once. Unknown variables are ignored.
 * @throws {ConfigError}
 */
export function readConfig<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  environment: Record<string, string | undefined> = process.env,
): z.infer<z.ZodObject<Shape>> {
  const result = schema.safeParse(environment);
  if (result.success) return result.data;
  const lines = result.error.issues.map(
    (issue) => `  ${issue.path.join(".") || "settings"}: ${issue.message}`,
  );
  throw new ConfigError(`These environment variables need attention:\n${lines.join("\n")}`);
}
