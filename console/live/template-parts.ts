// What of a template's message is edited in fields of its own; anything else is edited as JSON.
type TemplateMessage = { type: string } & Record<string, unknown>;

export const fileKinds = ["image", "video", "document"] as const;

export type TemplateKind = "text" | (typeof fileKinds)[number] | "other";

export type TemplateParts = { kind: TemplateKind; text: string; url: string; json: string };

export function toParts(message: Record<string, unknown>): TemplateParts {
  const none = { text: "", url: "", json: JSON.stringify(message, null, 2) };
  const { type, ...rest } = message;
  const content = Object.keys(rest).length === 1 ? rest[String(type)] : undefined;
  if (typeof content !== "object" || content === null) return { ...none, kind: "other" };
  const isOnly = (names: string[]) => Object.keys(content).every((name) => names.includes(name));
  const read = (name: string) => {
    const value = (content as Record<string, unknown>)[name];
    return typeof value === "string" ? value : "";
  };
  if (type === "text" && isOnly(["body"])) return { ...none, kind: "text", text: read("body") };
  const kind = fileKinds.find((each) => each === type);
  if (kind && isOnly(["url", "caption"])) {
    return { ...none, kind, text: read("caption"), url: read("url") };
  }
  return { ...none, kind: "other" };
}

/** @throws {SyntaxError} when the JSON is none */
export function toTemplateMessage({ kind, text, url, json }: TemplateParts): TemplateMessage {
  if (kind === "other") return JSON.parse(json) as TemplateMessage;
  if (kind === "text") return { type: kind, text: { body: text } };
  return { type: kind, [kind]: { url, ...(text !== "" && { caption: text }) } };
}
