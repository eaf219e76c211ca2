import { routes } from "../routes/table.ts";
import { toDocument } from "./to-document.ts";

/** The document as it lies in docs/openapi.json. */
export function openApiText(): string {
  return `${JSON.stringify(toDocument(routes), null, 2)}\n`;
}
