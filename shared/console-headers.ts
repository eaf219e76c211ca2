/** Origins beside the page's own. */
export type ConsoleOrigins = {
  /** To talk to, and to upload to. */
  talksTo: readonly string[];
  /** Where pictures, films and recordings of messages are shown from. */
  showsFrom: readonly string[];
};

/** What the console may do: run its own files, and use these origins. Nothing else in the world. */
export function consolePolicy({ talksTo, showsFrom }: ConsoleOrigins): string {
  const policy = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": ["'self'", "data:", "blob:", ...showsFrom].join(" "),
    "media-src": ["'self'", "blob:", ...showsFrom].join(" "),
    "connect-src": ["'self'", ...talksTo].join(" "),
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
  };
  return Object.entries(policy)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}

/** Beside the policy and what every host sends. */
export const consoleHeaders = {
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
} as const;
