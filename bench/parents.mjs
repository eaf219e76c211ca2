import fs from "node:fs";
const p = JSON.parse(fs.readFileSync(process.argv[2]));
const want = process.argv[3];
const m = new Map();
(function walk(n, st) {
  const f = n.callFrame;
  if (f.functionName === want && n.selfSize) {
    const k = st
      .slice(-3)
      .map((x) => x.functionName + "@" + x.url.split("/").slice(-2).join("/") + ":" + x.lineNumber)
      .join(" > ");
    m.set(k, (m.get(k) ?? 0) + n.selfSize);
  }
  for (const c of n.children) walk(c, [...st, f]);
})(p.head, []);
[...m]
  .sort((a, b) => b[1] - a[1])
  .slice(0, 14)
  .forEach(([k, v]) => console.log((v / 3000).toFixed(0), k));
