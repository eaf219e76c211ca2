import { parseXML, XmlNode } from "@aws-sdk/xml-builder";
import { s3Error } from "./s3-error.ts";

/** Children of an element; a list repeats the element, absent values leave it out. */
export type XmlContent = {
  [element: string]: string | number | boolean | undefined | XmlContent | XmlContent[];
};

const s3Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

export function toXml(root: string, content: XmlContent, namespace = s3Namespace): string {
  const node = fill(new XmlNode(root), content);
  node.addAttribute("xmlns", namespace);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${node.toString()}`;
}

/** Content of the root element, every repeated element as a list. */
export function fromXml(text: string, root: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = parseXML(text);
  } catch {
    throw s3Error("MalformedXML");
  }
  const content = (parsed as Record<string, unknown>)[root];
  if (typeof content !== "object" || content === null) throw s3Error("MalformedXML");
  return content as Record<string, unknown>;
}

/** An element that may be there once, many times or not at all. */
export function elements(value: unknown): Record<string, unknown>[] {
  return [value ?? []].flat() as Record<string, unknown>[];
}

function fill(node: XmlNode, content: XmlContent): XmlNode {
  for (const [name, value] of Object.entries(content)) {
    for (const child of [value ?? []].flat()) {
      node.addChildNode(
        typeof child === "object"
          ? fill(new XmlNode(name), child)
          : XmlNode.of(name, String(child)),
      );
    }
  }
  return node;
}
