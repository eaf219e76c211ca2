/** A service took the request, and not all of what was in it; another time it may. */
export class Refused extends Error {
  override name = "Refused";
}
