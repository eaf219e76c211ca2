import type { S3Client } from "@aws-sdk/client-s3";
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import type { CallStore } from "./call-store.ts";

export function createSimulatedS3(call: CallStore): S3Client {
  const objects = new Map<string, Uint8Array>();

  function execute(command: object): object {
    if (command instanceof PutObjectCommand) {
      objects.set(command.input.Key ?? "", command.input.Body as Uint8Array);
      return {};
    }
    if (command instanceof GetObjectCommand) {
      const bytes = objects.get(command.input.Key ?? "");
      if (!bytes) throw new NoSuchKey({ message: "no such key", $metadata: {} });
      return { Body: { transformToByteArray: () => Promise.resolve(bytes) } };
    }
    if (command instanceof ListObjectsV2Command) {
      const keys = [...objects.keys()].filter((key) => key.startsWith(command.input.Prefix ?? ""));
      return { Contents: keys.sort().map((Key) => ({ Key })) };
    }
    if (command instanceof DeleteObjectsCommand) {
      for (const { Key = "" } of command.input.Delete?.Objects ?? []) objects.delete(Key);
      return {};
    }
    throw new Error(`the simulated S3 does not know ${command.constructor.name}`);
  }

  const client = {
    send: (command: object) =>
      call(command.constructor.name.replace("Command", ""), () => execute(command), {
        attempts: 3,
        timeoutMs: 2_000,
      }),
  };
  return client as unknown as S3Client;
}
