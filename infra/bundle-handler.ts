import { join } from "node:path";
import { AssetHashType, DockerImage } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import type { LambdaName } from "#shared/resources/processes.ts";
import { writeBundle } from "./write-bundle.ts";

const root = join(import.meta.dirname, "..");

/** The code of one area's Lambda. */
export function bundleHandler(name: LambdaName): Code {
  return Code.fromAsset(join(root, "functions"), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Asked for by the interface and never pulled: the local way always succeeds or throws.
      image: DockerImage.fromRegistry("unused"),
      // Bundles of equal options are made once: without a name of its own, each area would be given
      // the first one's code.
      command: [name],
      local: {
        tryBundle(folder) {
          writeBundle(name, folder);
          return true;
        },
      },
    },
  });
}
