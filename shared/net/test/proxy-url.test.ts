import { expect, test } from "vitest";
import { hideProxySecrets, isProxyUrl } from "../proxy-url.ts";

test.for([
  "http://proxy.example.com:8080",
  "http://proxy.example.com:80",
  "https://ann:s3cret@proxy.example.com:443",
  "socks5://ann:s3cret@[2001:db8::1]:1080",
])("%s names a proxy", (text) => {
  expect(isProxyUrl(text)).toBe(true);
});

test.for([
  "proxy.example.com:8080",
  "ftp://proxy.example.com:21",
  "http://proxy.example.com",
  "http://proxy.example.com:8080/path",
  "http://proxy.example.com:8080?x=1",
  "http://***@proxy.example.com:8080",
  "socks5://",
])("%s does not", (text) => {
  expect(isProxyUrl(text)).toBe(false);
});

test("a proxy is shown without its user name and password", () => {
  expect(hideProxySecrets("socks5://ann:s3cret@proxy.example.com:1080")).toBe(
    "socks5://***@proxy.example.com:1080",
  );
  expect(hideProxySecrets("http://proxy.example.com:8080")).toBe("http://proxy.example.com:8080");
});
