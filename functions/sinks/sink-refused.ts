/** The service took the request, and not what was in it. */
export class SinkRefused extends Error {
  override name = "SinkRefused";
}
