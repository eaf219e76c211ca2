import type { WafleetProps } from "./wafleet-props.ts";

/**
 * The settings of your deployments, all of which have defaults. What `cdk deploy -c name=value` says
 * goes before what stands here.
 */
export const config: WafleetProps = {};
