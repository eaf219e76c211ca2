import chromium from "@sparticuz/chromium";

/** The browser inside the package is built for this platform only. */
export const hasBrowser = process.platform === "linux" && process.arch === "x64";

/** Flags of the package that would hide what a browser refuses, or mix up its windows. */
const unlikeUsers = /^--(?:disable-web-security|allow-running-insecure-content|single-process)/;

export async function browserOptions() {
  return {
    args: chromium.args.filter((flag) => !unlikeUsers.test(flag)),
    executablePath: await chromium.executablePath(),
  };
}
