/** Where this console's API is; beside the page in `places.json`. */
export type Places = { apiUrl: string; socketUrl: string; hasSimulator: boolean };

export async function readPlaces(): Promise<Places> {
  const answer = await fetch("./places.json", { cache: "no-store" });
  if (!answer.ok) throw new Error(`places.json answered ${answer.status}`);
  return (await answer.json()) as Places;
}
