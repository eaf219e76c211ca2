// `npm run bench -- NAME`: each benchmark runs the real system on this machine, bounded in count and
// time, and prints its figures.
const benches: Record<string, () => Promise<{ run(): Promise<void> }>> = {
  api: () => import("./api.ts"),
  fleet: () => import("./fleet.ts"),
  bill: () => import("./bill.ts"),
  cost: () => import("./cost.ts"),
  events: () => import("./events.ts"),
  messages: () => import("./messages.ts"),
  "simulator-devices": () => import("./simulator-devices.ts"),
};

const name = process.argv[2] ?? "";
const load = benches[name];
if (!load) {
  console.error(`Which benchmark? npm run bench -- ${Object.keys(benches).join(" | ")}`);
  process.exit(2);
}
await (await load()).run();
