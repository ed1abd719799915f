import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** `vite build` makes the site; `vite build --mode cli` the command line beside it. */
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

export default defineConfig(({ mode }) => ({
  base: "./",
  plugins: [react()],
  worker: { format: "es" as const },
  server: { headers: isolation },
  preview: { headers: isolation },
  build:
    mode === "cli"
      ? {
          outDir: "dist/cli",
          emptyOutDir: true,
          ssr: "src/cli/shiftwright.ts",
          target: "node20",
          minify: false,
        }
      : { outDir: "dist", emptyOutDir: true, target: "es2022", sourcemap: false },
  test: {
    include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
    exclude: ["test/browser/**"],
    testTimeout: 60_000,
  },
}));
