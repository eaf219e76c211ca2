const lookEveryMs = 500;

/** Resolves when this process is asked to end. Asked once more, it ends at once. */
export function waitForEnd(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        if (asked) process.exit(130);
        asked = true;
        resolve();
      });
    }
    // npm runs a script in a shell, and that shell hands on no SIGTERM: it just goes.
    if (process.env["npm_lifecycle_event"] !== undefined) whenParentGoes(resolve);
  });
}

function whenParentGoes(callback: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, lookEveryMs);
  timer.unref();
}
