import type { RuntimeFile } from "./runtime-file.ts";

/** What a person needs to know once everything runs. */
export function describeRuntime(
  { apiUrl, socketUrl, consoleUrl, controlUrl }: RuntimeFile,
  folder: string,
  workers: number,
): string {
  const live = ["Runners connect to WhatsApp itself: link a phone that you can do without."];
  const simulated = [
    "In a second terminal:",
    "  npm run demo     a phone is linked, messages go both ways",
  ];
  return [
    `console     ${consoleUrl}   register there, and link a phone`,
    `API         ${apiUrl}`,
    `WebSocket   ${socketUrl}`,
    ...(controlUrl === null ? [] : [`simulator   ${controlUrl}/control`]),
    `data        ${folder}`,
    `runners     ${workers}`,
    "",
    ...(controlUrl === null ? live : simulated),
    "Ctrl-C ends everything; what was done is kept.",
  ].join("\n");
}
