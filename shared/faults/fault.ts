import { faultTable } from "./table.ts";
import type { FaultCode } from "./table.ts";

export type BadField = { path: string; message: string };

export type FaultOptions = {
  /** One sentence about this case; the table's advice when absent. */
  detail?: string;
  fields?: BadField[];
  /** More members of the problem document, for example `existingSessionId`. */
  extra?: Record<string, unknown>;
  /** Answer headers, for example `Retry-After`. */
  headers?: Record<string, string>;
};

/** An expected failure from the closed table. Anything else that is thrown is a bug. */
export class Fault extends Error {
  override name = "Fault";
  code: FaultCode;
  options: FaultOptions;

  constructor(code: FaultCode, options: FaultOptions = {}) {
    super(options.detail ?? faultTable[code][1]);
    this.code = code;
    this.options = options;
  }
}
