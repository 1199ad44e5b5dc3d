import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    // What the chat does not need of Socket.IO's client: docs/decisions/0024-widget-size.md.
    alias: [
      {
        find: /^socket\.io-client$/,
        replacement: here("node_modules/socket.io-client/build/esm/manager.js"),
      },
      { find: /^engine\.io-client$/, replacement: here("src/socket_io/engine.ts") },
      { find: /^socket\.io-parser$/, replacement: here("src/socket_io/packets.ts") },
    ],
  },
  build: {
    // One classic script: a shop embeds it with one tag, and no second request follows.
    lib: { entry: "src/main.ts", formats: ["iife"], name: "AisleChat", fileName: () => "widget.js" },
    target: "es2022",
    reportCompressedSize: true,
  },
  test: {
    environment: "happy-dom",
    include: ["tests/**/*.test.ts"],
    // So that the tests run the client that is built.
    server: { deps: { inline: [/socket\.io-client/] } },
  },
});
