import { defineConfig } from "vitest/config";

export default defineConfig({
  build: {
    // One classic script: a shop embeds it with one tag, and no second request follows.
    lib: { entry: "src/main.ts", formats: ["iife"], name: "AisleChat", fileName: () => "widget.js" },
    target: "es2022",
    reportCompressedSize: true,
  },
  test: {
    environment: "happy-dom",
    include: ["tests/**/*.test.ts"],
  },
});
