import { z } from "zod";

/** Query of every list. */
export const pageQueryShape = {
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(512).optional(),
};

export function pageOf<Item extends z.ZodType>(
  item: Item,
): z.ZodObject<{
  data: z.ZodArray<Item>;
  nextCursor: z.ZodNullable<z.ZodString>;
}> {
  return z.object({ data: z.array(item), nextCursor: z.string().nullable() });
}
