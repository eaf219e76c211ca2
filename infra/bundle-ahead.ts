import { bundleAhead } from "./write-bundle.ts";

/** Imported before all else: the bundles are made while the CDK is still being loaded. */
export const bundled = bundleAhead();
