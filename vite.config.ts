import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** `vite build` makes the site; `vite build --mode cli` the command line beside it. */
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** The development server serves the sample plan of the last build, or makes it at the first request. */
const builtSamplePlan: Plugin = {
  name: "built-sample-plan",
  configureServer(server) {
    const path = join(import.meta.dirname, "dist", "sample-plan.json.gz");
    server.middlewares.use("/sample-plan.json.gz", (_request, response) => {
      if (!existsSync(path)) spawnSync(process.execPath, [".ci/sample-plan.mjs"], { stdio: "inherit" });
      response.setHeader("Content-Type", "application/gzip");
      response.end(readFileSync(path));
    });
  },
};

/** The development server puts its own scripts and styles into the page, which the built site's policy forbids. */
const policyOfDevelopment: Plugin = {
  name: "policy-of-development",
  apply: "serve",
  transformIndexHtml: (html) =>
    html
      .replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
      .replace("style-src-elem 'self'", "style-src-elem 'self' 'unsafe-inline'")
      .replace("; require-trusted-types-for 'script'; trusted-types default", ""),
};

export default defineConfig(({ mode }) => ({
  base: "./",
  plugins: [react(), builtSamplePlan, policyOfDevelopment],
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
      : { outDir: "dist", emptyOutDir: true, target: "es2022", sourcemap: true },
  // `vitest run` tests the engines; `--mode browser` the built site in Chromium, `--mode walks` its long walks in full.
  test:
    mode === "browser" || mode === "walks"
      ? {
          include: [`test/browser/**/${mode === "walks" ? "{walk,weeks,new-user}" : "*"}.test.ts`],
          env: mode === "walks" ? { SHIFTWRIGHT_WALKS: "full" } : {},
          // A page works on one core most of the time: two files at once take little more than half the time of both.
          maxWorkers: 2,
          // Ends what hangs, on a busy machine too.
          testTimeout: 600_000,
          // As long as a click waits for what it clicks.
          expect: { poll: { timeout: 60_000 } },
          hookTimeout: 120_000,
        }
      : {
          include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
          exclude: ["test/browser/**"],
          // Without it one core of two stays idle.
          maxWorkers: cpus().length,
          // Ends what hangs, on a busy machine too; no test is about time.
          testTimeout: 240_000,
          hookTimeout: 120_000,
        },
}));
