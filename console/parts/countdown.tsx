import { useEffect, useState } from "preact/hooks";

/** Minutes and seconds until a moment; screen readers are not told every second. */
export function Countdown({ until }: { until: string }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));
  const rest = String(seconds % 60).padStart(2, "0");
  return (
    <span class="countdown" role="timer" aria-live="off">
      {Math.floor(seconds / 60)}:{rest}
    </span>
  );
}
