/** Runs a Lambda function by name; rejects as the function does. */
export type Invoke = (lambda: string, event: unknown) => Promise<unknown>;
