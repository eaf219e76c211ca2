import type { JsonSchema } from "./json-schema.ts";

/** Something with each schema that has a name replaced by a reference to it, wherever it stands. */
export type ShareSchemas = <Part>(part: Part) => Part;

export function createShareSchemas(named: Record<string, JsonSchema>): ShareSchemas {
  const names = new Map(
    Object.entries(named).map(([name, schema]) => [JSON.stringify(schema), name] as const),
  );

  function share(node: unknown): unknown {
    if (typeof node !== "object" || node === null) return node;
    if (Array.isArray(node)) return node.map(share);
    return findReference(node as JsonSchema) ?? shareMembers(node as JsonSchema);
  }

  function findReference(node: JsonSchema): JsonSchema | undefined {
    const name = names.get(JSON.stringify(node));
    if (name !== undefined) return { $ref: `#/components/schemas/${name}` };
    const { description, ...rest } = node;
    // What is said of one place stays with the place.
    const plain = description === undefined ? undefined : names.get(JSON.stringify(rest));
    if (plain === undefined) return undefined;
    return { $ref: `#/components/schemas/${plain}`, description };
  }

  const shareMembers = (node: JsonSchema): JsonSchema =>
    Object.fromEntries(Object.entries(node).map(([member, value]) => [member, share(value)]));

  // A schema that has a name is spelled out under it, its parts by their names.
  const ofItsOwn = new Set<unknown>(Object.values(named));
  return <Part>(part: Part): Part =>
    (ofItsOwn.has(part) ? shareMembers(part as JsonSchema) : share(part)) as Part;
}
