/** What a series stands for; each has a colour of its own, in the light and in the dark. */
export type Tone = "out" | "in" | "seen" | "bad";

export type Series = { name: string; tone: Tone; values: number[] };

/** Bars of several series, stacked, one stack a label. */
export type BarData = { ticks: string[]; series: Series[]; isSideways: boolean };
