// The only file that knows the charting library: it is loaded when the first chart is looked at.
import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip } from "chart.js";
import type { ChartData, ChartOptions } from "chart.js";
import type { BarData } from "./bar-data.ts";
import type { Colours } from "./read-colours.ts";

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

export type Bars = { show(data: BarData, colours: Colours): void; end(): void };

export function drawBars(canvas: HTMLCanvasElement): Bars {
  const chart = new Chart<"bar">(canvas, { type: "bar", data: { labels: [], datasets: [] } });
  return {
    show(data, colours) {
      chart.data = toDatasets(data, colours);
      chart.options = toOptions(data, colours);
      chart.update();
    },
    end: () => chart.destroy(),
  };
}

function toDatasets({ ticks, series }: BarData, { tones }: Colours): ChartData<"bar"> {
  return {
    labels: ticks,
    datasets: series.map(({ name, tone, values }) => ({
      label: name,
      data: values,
      backgroundColor: tones[tone],
      maxBarThickness: 28,
      borderRadius: 2,
    })),
  };
}

function toOptions({ isSideways }: BarData, { ink, line, font }: Colours): ChartOptions<"bar"> {
  const names = {
    stacked: true,
    grid: { display: false },
    ticks: { color: ink, font, maxRotation: 0 },
  };
  const counts = {
    stacked: true,
    beginAtZero: true,
    grid: { color: line },
    border: { display: false },
    ticks: { color: ink, font, precision: 0, maxTicksLimit: 6 },
  };
  return {
    // What changes by itself several times a second has no time to move.
    animation: false,
    maintainAspectRatio: false,
    indexAxis: isSideways ? "y" : "x",
    interaction: { mode: "index", axis: isSideways ? "y" : "x", intersect: false },
    scales: isSideways ? { x: counts, y: names } : { x: names, y: counts },
  };
}
