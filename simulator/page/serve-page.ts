import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";

const types = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
};

const files: Record<string, { name: string; type: string }> = {
  "/": { name: "index.html", type: types.html },
  "/page/page.css": { name: "page.css", type: types.css },
  "/page/page.js": { name: "page.js", type: types.js },
  "/page/control.js": { name: "control.js", type: types.js },
  "/page/element.js": { name: "element.js", type: types.js },
  "/page/phone-list.js": { name: "phone-list.js", type: types.js },
  "/page/devices.js": { name: "devices.js", type: types.js },
  "/page/chat-list.js": { name: "chat-list.js", type: types.js },
  "/page/conversation.js": { name: "conversation.js", type: types.js },
};

const headers = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-cache",
};

/** Answers a request for the page or one of its files; false when it is for something else. */
export const servePage = (request: IncomingMessage, response: ServerResponse): boolean => {
  const [path = "/"] = (request.url ?? "/").split("?");
  const file = Object.hasOwn(files, path) ? files[path] : undefined;
  if (!file || request.method !== "GET") return false;
  const body = readFileSync(new URL(file.name, import.meta.url));
  response.writeHead(200, { ...headers, "content-type": file.type });
  response.end(body);
  return true;
};
