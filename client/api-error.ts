import type { Problem } from "./problem.ts";

/** The API answered, and said no. What got no answer at all is fetch's own error. */
export class ApiError extends Error {
  override name = "ApiError";
  status: number;
  /** Absent when something between us and the API answered. */
  problem: Problem | undefined;

  constructor(status: number, problem: Problem | undefined) {
    super(problem?.detail ?? `The server answered ${status}.`);
    this.status = status;
    this.problem = problem;
  }

  get code(): Problem["code"] | undefined {
    return this.problem?.code;
  }
}
