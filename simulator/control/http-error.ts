import { z } from "zod";

/** A request that cannot be done, with what to do instead. */
export class ControlError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const notFound = (what: string): ControlError => new ControlError(404, "not_found", what);

/** Work that a phone or the server may refuse: that is the caller's mistake, not a bug. */
export const orRefuse = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ControlError || error instanceof z.ZodError) throw error;
    throw new ControlError(409, "refused", error instanceof Error ? error.message : String(error));
  }
};
