import { z } from "zod";

/** DynamoDB takes nothing nearer to 0 than 1e-130, but 0 itself. */
const least = 1e-100;

/** A number that a table can hold. */
export const storedNumber = z
  .number()
  .refine((value) => value === 0 || Math.abs(value) >= least, "must be 0, or not so near to it");
