/** An error that AWS would answer with: `code` becomes the SDK's error name. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  /** The older name that services with a query-protocol past send in `x-amzn-query-error`. */
  readonly queryCode: string | undefined;

  constructor(
    code: string,
    message: string,
    options: { status?: number; queryCode?: string } = {},
  ) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = options.status ?? 400;
    this.queryCode = options.queryCode;
  }
}
