/** An SDK input as it travels in JSON: bytes become base64 text. */
export type BlobJson<Input> = {
  [Name in keyof Input]: Uint8Array extends Input[Name] ? string | undefined : Input[Name];
};
