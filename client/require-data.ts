import { ApiError } from "./api-error.ts";
import { findProblem } from "./problem.ts";

type Outcome<Data> = { data?: Data; error?: unknown; response: Response };

/**
 * The answer's body, for those who prefer failures thrown: `await requireData(api.GET(…))`.
 * @throws {ApiError}
 */
export async function requireData<Data>(call: Promise<Outcome<Data>>): Promise<Data> {
  const { data, error, response } = await call;
  // A 204 has no data and is a success all the same; the types of its call say so.
  if (response.ok) return data as Data;
  throw new ApiError(response.status, findProblem(error));
}
