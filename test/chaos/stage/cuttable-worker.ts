import { startCuttable } from "./cuttable.ts";
import type { Runner } from "./runner.ts";
import type { Stage } from "./stage.ts";

/** A worker whose own ways to the stores and to WhatsApp can be cut; everybody else's stay. */
export type CuttableWorker = AsyncDisposable & {
  runner: Runner;
  /** Cuts one of its ways; the returned function restores it. */
  cut(what: "stores" | "whatsapp"): () => void;
};

export async function startCuttableWorker(stage: Stage, workerId: string): Promise<CuttableWorker> {
  const { dynamodb, sqs, s3, kms, simulator, environment } = stage;
  const stores = await Promise.all(
    [dynamodb, sqs, s3, kms].map(({ endpoint }) => startCuttable(endpoint)),
  );
  const whatsapp = await startCuttable(simulator.url);
  const all = [...stores, whatsapp];
  const env = Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      all.reduce((text, way) => way.through(text), value),
    ]),
  );
  const runner = stage.start(workerId, { env });
  return {
    runner,
    cut(what) {
      const ways = what === "stores" ? stores : [whatsapp];
      for (const way of ways) way.cut();
      return () => ways.forEach((way) => way.restore());
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(all.map((way) => way.stop()));
    },
  };
}
