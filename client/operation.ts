import type { operations } from "./generated/api.ts";

/** Every operation id of the API. */
export type OperationName = keyof operations;

type Json<Response> = Response extends { content: { "application/json": infer Body } }
  ? Body
  : never;

type Successes<Responses> = Responses[Exclude<keyof Responses, "default">];

/** What an operation answers when it works: `Answer<"getSession">`. */
export type Answer<Name extends OperationName> = Json<Successes<operations[Name]["responses"]>>;

/** What an operation is sent: `Body<"createSession">`. */
export type Body<Name extends OperationName> = Json<NonNullable<operations[Name]["requestBody"]>>;
