import { useEffect, useId, useRef } from "preact/hooks";
import { texts } from "../texts/texts.ts";
import type { BarData, Series } from "./bar-data.ts";
import { ChartTable } from "./chart-table.tsx";
import type { Bars } from "./draw-bars.ts";
import { readColours } from "./read-colours.ts";

type BarChartProps = {
  title: string;
  /** What the labels are, over their column in the table. */
  of: string;
  labels: string[];
  /** The same, as short as they stand below the bars. */
  ticks?: string[];
  series: Series[];
  /** Names beside the bars instead of below them: for few, long names. */
  isSideways?: boolean;
};

/** Bars, with the same as a table for who cannot see them or wants the numbers. */
export function BarChart(props: BarChartProps) {
  const { title, of, labels, ticks = labels, series, isSideways = false } = props;
  const id = useId();
  const canvas = useBars({ ticks, series, isSideways });
  const total = (values: number[]) => values.reduce((sum, value) => sum + value, 0);
  const isEmpty = series.every(({ values }) => total(values) === 0);
  const words = texts.insight;
  const said = series.map(({ name, values }) => `${total(values)} ${name}`).join(", ");
  return (
    <figure class="card chart" aria-labelledby={id}>
      <figcaption>
        <h2 id={id}>{title}</h2>
        {series.length > 1 && (
          <ul class="legend">
            {series.map(({ name, tone }) => (
              <li key={name}>
                <span class={`tone ${tone}`} aria-hidden="true" />
                {name}
              </li>
            ))}
          </ul>
        )}
      </figcaption>
      {/* A bar is as thick, however many there are. */}
      <div class="plot" {...(isSideways && { style: { height: `${3 + 2.6 * labels.length}rem` } })}>
        <canvas ref={canvas} role="img" aria-label={words.chartSays(title, said)} />
        {isEmpty && <p class="nothing">{words.nothing}</p>}
      </div>
      {!isEmpty && (
        <details>
          <summary>{words.asTable}</summary>
          <ChartTable title={title} of={of} labels={labels} series={series} />
        </details>
      )}
    </figure>
  );
}

/** Draws anew whenever the numbers or the scheme of colours change. */
function useBars(data: BarData) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(data);
  const redraw = useRef<() => void>(() => undefined);
  latest.current = data;
  useEffect(() => {
    let isOver = false;
    let bars: Bars | undefined;
    const dark = matchMedia("(prefers-color-scheme: dark)");
    redraw.current = () => {
      if (canvas.current) bars?.show(latest.current, readColours(canvas.current));
    };
    const draw = () => redraw.current();
    void import("./draw-bars.ts").then(({ drawBars }) => {
      if (isOver || !canvas.current) return;
      bars = drawBars(canvas.current);
      draw();
    });
    dark.addEventListener("change", draw);
    return () => {
      isOver = true;
      dark.removeEventListener("change", draw);
      bars?.end();
    };
  }, []);
  useEffect(() => redraw.current(), [JSON.stringify(data)]);
  return canvas;
}
