import { z } from "zod";

export type JsonSchema = { [member: string]: unknown };

/** JSON Schema 2020-12, which OpenAPI 3.1 speaks: of what one sends, or of what one gets. */
export function toJsonSchema(schema: z.ZodType, direction: "input" | "output"): JsonSchema {
  // What cannot be said, such as a transformation's outcome, is left open.
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io: direction,
    unrepresentable: "any",
    // The format says it; the expression that spells out every leap year is no help to anyone.
    override: ({ jsonSchema }) => {
      if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
    },
  });
  return rest;
}

/** The members of an object schema. */
export function propertiesOf(schema: JsonSchema): {
  properties: Record<string, JsonSchema>;
  required: string[];
} {
  const { properties = {}, required = [] } = schema as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return { properties, required };
}
