import { readConfig } from "#shared/config.ts";
import type { environment, EnvironmentName } from "#shared/resources/environment.ts";
import { environmentNames, environmentSchema, processes } from "#shared/resources/processes.ts";
import type { LambdaName } from "#shared/resources/processes.ts";
import type { z } from "zod";

type Environment = { [Name in EnvironmentName]: z.infer<(typeof environment)[Name]> };

/**
 * The settings of one Lambda: exactly the variables that its binding implies.
 * @throws {ConfigError} when one of them is missing or malformed
 */
export function readEnvironment(lambda: LambdaName): Environment {
  return readConfig(environmentSchema(environmentNames(processes[lambda])));
}
