import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { preview } from "vite";
import { functionSamples, longestTask, type TaskTime, taskEvents } from "./trace.ts";

/** The built site served as `npm start` serves it, and a Chromium to visit it with. */
export interface Site {
  readonly origin: string;
  visit(options?: BrowserContextOptions): Promise<Visit>;
  close(): Promise<void>;
}

/** One person's browser profile: its own storage, its own troubles. */
export interface Visit {
  readonly page: Page;
  /** Another tab of the same person. */
  newTab(): Promise<Page>;
  /** Everything a page complained about: console errors, exceptions, broken promises, policy violations. */
  readonly complaints: string[];
  /** Requests that left the site. */
  readonly strangers: string[];
  /** Bytes are counted on disk: what the page asked for until now. */
  readonly requested: string[];
  /** Watches the page's thread from now on, also across loads; one visit at a time. `profiled`: also which functions. */
  watchThread(profiled?: boolean): Promise<void>;
  /** Ends the watch: the longest task since its beginning, null when there was none. */
  longestTask(): Promise<TaskTime | null>;
  close(): Promise<void>;
}

const root = join(import.meta.dirname, "../..");
/**
 * The first two: the browser's own address bar loads two pages of its own beside each page, a third of the work of
 * opening one. The rest is what playwright turns off: the last list counts.
 */
const featuresOff = [
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
  "AimEnabled",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsFirstBalancedModeAutoEnable",
  "HttpsUpgrades",
  "LensOverlay",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PaintHolding",
  "PreconnectToSearch",
  "ThirdPartyStoragePartitioning",
];
export const launchArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  `--disable-features=${featuresOff.join(",")}`,
];

export async function openSite(): Promise<Site> {
  const server = await preview({
    root,
    logLevel: "error",
    build: { outDir: process.env.SHIFTWRIGHT_DIST ?? "dist" },
    preview: { port: 0, strictPort: false },
  });
  const address = server.httpServer.address();
  if (address === null || typeof address === "string") throw new Error("the site is not served on a port");
  const origin = `http://localhost:${address.port}`;
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: launchArguments,
    downloadsPath: mkdtempSync(join(tmpdir(), "shiftwright-downloads-")),
  });
  return {
    origin,
    async visit(options = {}) {
      const complaints: string[] = [];
      const strangers: string[] = [];
      const requested: string[] = [];
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        locale: "en-GB",
        timezoneId: "Europe/Berlin",
        acceptDownloads: true,
        ...options,
      });
      // Twice the longest wait that was seen with ten other jobs on two cores.
      context.setDefaultTimeout(60_000);
      context.on("request", (request) => {
        const url = request.url();
        if (url.startsWith("data:") || url.startsWith("blob:")) return;
        requested.push(url);
        if (!url.startsWith(`${origin}/`)) strangers.push(url);
      });
      context.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
      });
      context.on("weberror", (error) => complaints.push(String(error.error())));
      const page = await context.newPage();
      return {
        page,
        newTab: () => context.newPage(),
        complaints,
        strangers,
        requested,
        watchThread: (profiled = false) =>
          browser.startTracing(page, {
            categories: profiled ? [...taskEvents, functionSamples] : taskEvents,
          }),
        longestTask: async () => longestTask(await browser.stopTracing()),
        close: () => context.close(),
      };
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
