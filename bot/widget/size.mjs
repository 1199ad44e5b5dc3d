/** `npm run size`: what the built widget weighs, as it travels. */

import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const built = readFileSync(new URL("dist/widget.js", import.meta.url));
const weights = {
  "as it is": built.length,
  gzipped: gzipSync(built, { level: 9 }).length,
  brotli: brotliCompressSync(built).length,
};
console.log("| dist/widget.js | bytes |\n|---|---|");
for (const [how, bytes] of Object.entries(weights)) {
  console.log(`| ${how} | ${bytes.toLocaleString("en")} |`);
}
