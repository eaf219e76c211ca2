import type { Tone } from "./bar-data.ts";

export type Colours = {
  ink: string;
  line: string;
  tones: Record<Tone, string>;
  font: { family: string; size: number };
};

/** The style sheet's colours as they are now, for a canvas, which has no style of its own. */
export function readColours(canvas: HTMLCanvasElement): Colours {
  const { color, borderTopColor, fontFamily } = getComputedStyle(canvas);
  const probe = document.createElement("span");
  canvas.after(probe);
  const read = (tone: Tone) => {
    probe.className = `tone ${tone}`;
    return getComputedStyle(probe).color;
  };
  const tones = { out: read("out"), in: read("in"), seen: read("seen"), bad: read("bad") };
  probe.remove();
  return { ink: color, line: borderTopColor, tones, font: { family: fontFamily, size: 12 } };
}
