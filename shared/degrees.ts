/** A tenth of a millimetre. Below 1e-130 no table takes a number. */
const least = 1e-9;

/** A latitude or longitude in a form that can be stored. */
export function toDegrees(value: number): number {
  return Math.abs(value) < least ? 0 : value;
}
