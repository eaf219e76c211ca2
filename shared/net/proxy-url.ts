const protocols = ["http:", "https:", "socks5:"];

/** What stands for user name and password of a proxy where they are shown. */
const hidden = "***";

/** The rule in words, for errors. */
export const proxyRule =
  "must be like http://user:password@host:port, with https:// or socks5:// as well, and nothing after the port";

export function isProxyUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, port, pathname, search, hash, username } = new URL(text);
  const hasPort = port !== "" || /:(?:80|443)\/?$/.test(text);
  return (
    protocols.includes(protocol) &&
    hostname !== "" &&
    hasPort &&
    ["", "/"].includes(pathname) &&
    search + hash === "" &&
    // What was shown is no password: sent back, it must not take the real one's place.
    username !== hidden
  );
}

/** The proxy as it may be shown: without its user name and password. */
export function hideProxySecrets(text: string): string {
  const { protocol, host, username, password } = new URL(text);
  return `${protocol}//${username + password === "" ? "" : `${hidden}@`}${host}`;
}
