export const qrFormats = ["application/json", "image/png", "image/svg+xml"] as const;

export type QrFormat = (typeof qrFormats)[number];

const wildcards: Record<string, QrFormat> = {
  "*/*": "application/json",
  "application/*": "application/json",
  "image/*": "image/png",
};

/** The format that an Accept header likes best; JSON when it names none that there is. */
export function chooseQrFormat(accept = ""): QrFormat {
  const liked = accept
    .split(",")
    .map((range) => {
      const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
      const quality = parameters.find((parameter) => parameter.startsWith("q="));
      return { type, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
    .map(({ type }) => wildcards[type] ?? qrFormats.find((format) => format === type));
  return liked.find((format) => format !== undefined) ?? "application/json";
}
