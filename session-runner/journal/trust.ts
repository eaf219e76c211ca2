/** Whether the sessions of this process are believed to be its own. */
export type Trust = {
  /** False after this process stood still for so long that others may have taken them. */
  readonly awake: boolean;
  /** True while others have lately seen this process alive. */
  readonly sure: boolean;
  whenAwake(): Promise<void>;
  whenSure(): Promise<void>;
};
