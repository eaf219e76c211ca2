/** A tenant's host leads to an address that must not be called. */
export class AddressDenied extends Error {
  override name = "AddressDenied";
  code = "ADDRESS_DENIED";

  constructor(host: string) {
    super(`${host} does not lead to the public internet`);
  }
}
