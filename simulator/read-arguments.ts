import { parseArgs } from "node:util";
import { z } from "zod";

export const usage = `usage: npm run simulator -- [options]

  --port NUMBER         where clients and the control door find it (4700)
  --media-port NUMBER   where files are, over HTTPS (a free one)
  --data DIRECTORY      keep phones, devices and queues there (memory only)
  --tls                 wss: and https: instead of ws: and http:
  --ca FILE             write the certificate of the TLS authority there, as PEM
  --qr-seconds NUMBER   life of each QR code after the first, which lives three times as long (20)
  --help`;

const wholeNumber = (name: string, least: number, most: number) =>
  z
    .string()
    .refine(
      (text) => /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most,
      `--${name} takes a whole number from ${least} to ${most}`,
    )
    .transform(Number);

const path = (name: string) => z.string().min(1, `--${name} needs a path`).optional();

const options = z
  .object({
    port: wholeNumber("port", 0, 65_535).default(4700),
    "media-port": wholeNumber("media-port", 0, 65_535).optional(),
    data: path("data"),
    tls: z.boolean().default(false),
    ca: path("ca"),
    "qr-seconds": wholeNumber("qr-seconds", 1, 86_400).optional(),
    help: z.boolean().default(false),
  })
  .transform(({ "media-port": mediaPort, "qr-seconds": qrSeconds, ...rest }) => ({
    ...rest,
    mediaPort,
    qrSeconds,
  }));

export type Arguments = z.infer<typeof options>;

/** What the command line asks for; throws an error that names the option and what it takes. */
export const readArguments = (args: string[]): Arguments => {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: "string" },
      "media-port": { type: "string" },
      data: { type: "string" },
      tls: { type: "boolean" },
      ca: { type: "string" },
      "qr-seconds": { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  const result = options.safeParse(values);
  if (!result.success) throw new Error(result.error.issues.map((each) => each.message).join("\n"));
  return result.data;
};
