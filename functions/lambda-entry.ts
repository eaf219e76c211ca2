import type { Context } from "aws-lambda";

type LambdaHandler<Event, Result> = (event: Event, context: Context) => Promise<Result>;

/** Wires on the first invocation and once, so that importing an entry needs no environment. */
export function lambdaEntry<Event, Result>(
  wire: () => LambdaHandler<Event, Result>,
): LambdaHandler<Event, Result> {
  let handler: LambdaHandler<Event, Result> | undefined;
  return async (event, context) => {
    handler ??= wire();
    return handler(event, context);
  };
}
