import { escapeHtml } from "./escape-html.ts";

export function codeHtml(value: unknown): string {
  return `<pre>${escapeHtml(JSON.stringify(value, null, 2))}</pre>`;
}
