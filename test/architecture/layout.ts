// The layout of the project: who may import whom. The import law is made from this table.

type FolderLaw = {
  /** Folders of ours that it may import, beside itself. */
  folders: readonly string[] | "any";
  /** Packages that it may import; node's own modules are open to all. */
  packages: readonly RegExp[] | "any";
};

const zod = /^zod$/;
const awsSdk = /^@(?:aws-sdk|smithy)\//;
export const baileys = /^@whiskeysockets\/baileys(?:\/|$)/;
/** Codec, protobufs and crypto: what a server that speaks the same protocol needs. */
const baileysProtocol =
  /^@whiskeysockets\/baileys\/(?:WAProto\/|lib\/WABinary\/|lib\/Utils\/crypto\.js$)/;

export const layout: Record<string, FolderLaw> = {
  shared: { folders: [], packages: [zod, awsSdk, /^(?:ulid|ipaddr\.js)$/] },
  functions: { folders: ["shared"], packages: "any" },
  "session-runner": { folders: ["shared"], packages: "any" },
  infra: { folders: ["shared"], packages: "any" },
  simulator: { folders: [], packages: "any" },
  client: { folders: [], packages: [/^(?:openapi-fetch|openapi-typescript|standardwebhooks)$/] },
  local: { folders: ["shared", "functions", "infra", "client"], packages: "any" },
  console: { folders: ["shared", "client"], packages: "any" },
  bench: { folders: "any", packages: "any" },
  test: { folders: "any", packages: "any" },
  scripts: { folders: "any", packages: "any" },
};

/** What tests inside a folder may import beside what the folder may. */
export const standIns = ["local", "simulator", "test"];

/** Folders whose code is deployed: it may use nothing that only developers install. */
export const deployed = ["shared", "functions", "session-runner"];

/** Baileys stays behind one door, so that another engine could stand there. */
export function mayImportBaileys(path: string, specifier: string, isTest: boolean): boolean {
  if (path.startsWith("session-runner/whatsapp/")) return true;
  if (path.startsWith("simulator/")) return isTest || baileysProtocol.test(specifier);
  return path.startsWith("test/") || path.startsWith("bench/");
}
