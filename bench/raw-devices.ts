// The second process of the simulator's benchmark: pairs and connects so many devices, and tells its
// parent, who holds the phones, which QR codes to scan.
import pMap from "p-map";
import { logInRaw, pairRaw } from "./raw-device.ts";

const [url = "", count = "0"] = process.argv.slice(2);
const atOnce = 10;
let messages = 0;

const tell = (message: object): void => void process.send?.(message);

await pMap(
  Array.from({ length: Number(count) }, (_, index) => index),
  async (index) => {
    const device = await pairRaw(url, (qr) => tell({ index, qr }));
    await logInRaw(url, device, () => {
      messages += 1;
      tell({ messages });
    });
  },
  { concurrency: atOnce },
);
tell({ connected: Number(count) });
