import { readFileSync } from "node:fs";
import type { CDPSession, Page } from "playwright-core";
import { describe, expect } from "vitest";
import { noResults } from "../../src/domain/plan/no-results.ts";
import { test } from "./fixtures.ts";
import { killBrowsers } from "./kills.ts";
import { samplePlan } from "./sample-plan.ts";
import { shown, untilStage } from "./screen.ts";
import type { Site } from "./site.ts";

/**
 * What a browser, a disk, a clock and a second tab can do to a plan: each is said in a sentence, and the plan is as it was.
 * A full disk, a half-written plan, two tabs and a worker that throws are in `keeping.test.ts`.
 */
const named = (page: Page, name: string) =>
  page.getByRole("button", { name: `Plan menu: ${name}`, exact: true }).waitFor();
const said = (page: Page, sentence: string) => page.getByText(sentence, { exact: false }).first().waitFor();
const saved = (page: Page) => page.getByTitle("Saved in this browser").waitFor();

async function rename(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: /^Plan menu/ }).click();
  await page.getByRole("textbox", { name: "Plan", exact: true }).fill(name);
  await page.keyboard.press("Escape");
  await named(page, name);
}

/** The Files page with the sample plan under another name, and that saved. */
async function openAs(page: Page, site: Site, name: string): Promise<void> {
  await page.goto(`${site.origin}/#/files`);
  await page.getByRole("heading", { name: "Plans", exact: true }).waitFor();
  await rename(page, name);
  await saved(page);
}

/** An empty page of the same origin: what another version of the program can do to the store, without the program. */
async function bare(page: Page, site: Site): Promise<void> {
  await page.route("**/bare", (route) =>
    route.fulfill({ contentType: "text/html", body: "<title>bare</title>" }),
  );
  await page.goto(`${site.origin}/bare`);
}

async function run(page: Page, name: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder("Type a page or a command").fill(`Run: ${name}`);
  await page.keyboard.press("Enter");
}

test("three kills of the browser lose nothing that was acknowledged, and the plan opens", async ({
  site,
}) => {
  const lines = await killBrowsers(site.origin, 3, 7);
  expect(lines.flatMap(({ lost }) => lost)).toEqual([]);
  expect(lines.map(({ readable }) => readable)).toEqual([true, true, true]);
  expect(lines.reduce((sum, { acknowledged }) => sum + acknowledged, 0)).toBeGreaterThan(0);
});

describe("the store", () => {
  test("deleted under the program it is written anew, and so said", async ({ site, page }) => {
    await openAs(page, site, "Kept on");
    await page.evaluate(() => {
      indexedDB.deleteDatabase("shiftwright");
    });
    await said(page, '"Kept on" has been saved again');
    await page.reload();
    await named(page, "Kept on");
    await untilStage(page, "Simulate");
  });

  test("held by an older version in another tab is waited for, and opens with its plan when that closes", async ({
    site,
    visit,
    page,
  }) => {
    const old = await visit.newTab();
    await bare(old, site);
    await old.evaluate(
      (plan) =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open("shiftwright", 2);
          opening.onupgradeneeded = () => {
            const database = opening.result;
            database.createObjectStore("plans", { keyPath: "id" });
            database.createObjectStore("parts");
            database.createObjectStore("settings");
            database.createObjectStore("snapshots", { keyPath: "id" }).createIndex("byPlan", "planId");
          };
          opening.onsuccess = () => {
            // Unlike every version of the program it does not let go when asked.
            const transaction = opening.result.transaction(["plans", "parts"], "readwrite");
            const summary = { id: "old", name: "Of old", changedAt: "2026-01-01T00:00:00Z", revision: 3 };
            transaction.objectStore("plans").put(summary);
            transaction.objectStore("parts").put({ ...plan, id: "old", name: "Of old" }, ["old", "plan"]);
            transaction.oncomplete = () => resolve();
          };
        }),
      samplePlan().plan,
    );
    await page.goto(`${site.origin}/#/setup`);
    await said(page, "open in another tab in an older version");
    await old.close();
    await named(page, "Of old");
    await shown(page, "Set-up");
  });

  test("taken over by a newer version keeps the last edit, and the old tab says so", async ({
    site,
    visit,
    page,
  }) => {
    await openAs(page, site, "Before");
    const next = await visit.newTab();
    await bare(next, site);
    await rename(page, "Last words");
    await next.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open("shiftwright", 99);
          opening.onsuccess = () => {
            opening.result.close();
            resolve();
          };
        }),
    );
    await said(page, "A newer version of Shiftwright has been used in this browser");
    const stored = await next.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          const opening = indexedDB.open("shiftwright");
          opening.onsuccess = () => {
            const asked = opening.result.transaction("plans").objectStore("plans").getAll();
            asked.onsuccess = () => resolve(asked.result.map(({ name }) => name));
          };
        }),
    );
    // What the database had no time for stands in the small store, from where the next opening takes it.
    const unsaved = await next.evaluate(() => localStorage.getItem("shiftwright.unsaved") ?? "");
    expect(`${stored} ${unsaved}`).toContain("Last words");
  });

  test("where the browser keeps nothing the program works, says so, and saves to a file", async ({
    site,
    page,
  }) => {
    await page.addInitScript(() => {
      const denied = () => {
        throw new DOMException("denied", "SecurityError");
      };
      IDBFactory.prototype.open = denied;
      Object.defineProperty(window, "localStorage", { get: denied });
    });
    await page.goto(`${site.origin}/#/files`);
    await said(page, "This browser saves nothing for this page");
    await rename(page, "In memory");
    await page.getByTitle("Not saved").waitFor();
    const download = page.waitForEvent("download");
    await page
      .getByRole("region", { name: "Messages" })
      .getByRole("button", { name: "Save a backup file" })
      .click();
    expect((await download).suggestedFilename()).toBe("in-memory.shiftwright.json.gz");
    await untilStage(page, "Simulate");
  });
});

describe("the clock", () => {
  test("set back by a day loses nothing and is said", async ({ site, page }) => {
    await openAs(page, site, "Tomorrow");
    await page.getByRole("button", { name: "Take a snapshot" }).click();
    const snapshots = page.locator('[aria-labelledby="files-snapshots"] h3');
    await expect.poll(() => snapshots.count()).toBe(1);
    await page.addInitScript(() => {
      const now = Date.now.bind(Date);
      const Then = class extends Date {
        constructor(...given: []) {
          if (given.length === 0) super(now() - 86_400_000);
          else super(...given);
        }
        static override now = () => now() - 86_400_000;
      };
      window.Date = Then as DateConstructor;
    });
    await page.reload();
    await said(page, "This computer's clock is behind the time of the last save");
    await named(page, "Tomorrow");
    await rename(page, "Today");
    await saved(page);
    await page.getByRole("button", { name: "Take a snapshot" }).click();
    await expect.poll(() => snapshots.count()).toBe(2);
    await page.reload();
    await named(page, "Today");
    await untilStage(page, "Simulate");
  });

  test("of another zone changes no hour of the plan and is said", async ({ site, newVisit }) => {
    const { page } = await newVisit({ timezoneId: undefined });
    const zone: CDPSession = await page.context().newCDPSession(page);
    await zone.send("Emulation.setTimezoneOverride", { timezoneId: "Europe/Berlin" });
    await openAs(page, site, "At home");
    await page.evaluate(() => {
      window.location.hash = "#/required";
    });
    await shown(page, "Required");
    const row = page.getByRole("grid").first().getByRole("row").nth(3);
    const before = await row.textContent();
    await zone.send("Emulation.setTimezoneOverride", { timezoneId: "Asia/Shanghai" });
    await page.reload();
    await said(page, "This computer has moved from Europe/Berlin to Asia/Shanghai");
    await named(page, "At home");
    await expect.poll(() => row.textContent()).toBe(before);
    await untilStage(page, "Simulate");
  });
});

/** What the page with the muted worker holds. */
interface Muted {
  readonly all: Worker[];
  mute: boolean;
  living: boolean;
}

describe("a worker", () => {
  test("ended by the browser, out of memory, or not to be had is said, each in its words, and the next one works", async ({
    site,
    visit,
    page,
  }) => {
    // Requirements are asked for and never begun, so that the worker can be ended in the middle of it.
    await page.addInitScript(() => {
      const muted: Muted = { all: [], mute: true, living: false };
      const global = Object.assign(window, muted) as typeof window & Muted;
      window.Worker = class extends Worker {
        constructor(url: string | URL, options?: WorkerOptions) {
          super(url, options);
          if (!String(url).includes("require.worker")) return;
          global.all.push(this);
          this.addEventListener("message", ({ data }) => {
            if (data?.lives) global.living = true;
          });
          const post = this.postMessage.bind(this) as (...given: unknown[]) => void;
          this.postMessage = (...given: unknown[]) => {
            if (!global.mute) post(...given);
          };
        }
      };
    });
    await openAs(page, site, "Unharmed");
    const script = "**/require.worker-*.js";
    const context = page.context();
    await context.route(script, (route) => route.abort());
    await run(page, "requirement");
    await said(page, "Calculating the requirement could not start");

    await context.unroute(script);
    await context.route(script, (route) =>
      route.fulfill({
        contentType: "text/javascript",
        headers: { "cross-origin-embedder-policy": "require-corp" },
        body: "new Float64Array(2 ** 50)",
      }),
    );
    await run(page, "requirement");
    await said(page, "Calculating the requirement needs more memory than this browser gives it");

    await context.unroute(script);
    await run(page, "requirement");
    await page.waitForFunction(() => (window as unknown as Muted).living);
    await page.evaluate(() => {
      for (const worker of (window as unknown as Muted).all) worker.terminate();
    });
    await said(page, "Calculating the requirement was ended by the browser");
    await page.evaluate(() => {
      (window as unknown as Muted).mute = false;
    });

    await named(page, "Unharmed");
    await untilStage(page, "Required");
    await run(page, "requirement");
    await page.getByText("was ended by the browser").waitFor({ state: "detached" });
    await untilStage(page, "Required");
    visit.complaints.length = 0;
  });
});

test("without WebAssembly and SharedArrayBuffer shifts are made all the same, and what ran instead is said", async ({
  open,
  page,
}) => {
  const { plan, history } = samplePlan();
  await page.context().route("**/schedule.worker-*.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `delete globalThis.WebAssembly;${await response.text()}` });
  });
  // Without these headers the browser shares no memory among threads.
  await page.context().route(/\/(#.*)?$/, async (route) => {
    const response = await route.fetch();
    const {
      "cross-origin-embedder-policy": _,
      "cross-origin-opener-policy": __,
      ...headers
    } = response.headers();
    await route.fulfill({ response, headers });
  });
  const forecast = { ...plan.forecast, model: "seasonalNaive" };
  await open("shifts", {
    plan: {
      ...plan,
      dayCount: 1,
      agents: [],
      forecast,
      simulation: { ...plan.simulation, replications: 20 },
    },
    history,
    results: noResults,
  });
  expect(await page.evaluate(() => "SharedArrayBuffer" in window)).toBe(false);
  await run(page, "shifts");
  await untilStage(page, "Shifts");
  await said(page, "javascript-lp-solver ran instead");
  await run(page, "simulation");
  await untilStage(page, "Simulate");
});

test("without a connection the palette, a page and a run say that a part is missing, and work once it is back", async ({
  site,
  visit,
  page,
}) => {
  await openAs(page, site, "On the train");
  await page.context().setOffline(true);
  await page.keyboard.press("Control+k");
  await said(page, "A part of the program has not arrived");
  await page.evaluate(() => {
    window.location.hash = "#/required";
  });
  await page.getByRole("heading", { name: "This page stopped working" }).waitFor();
  await named(page, "On the train");
  await rename(page, "Off the train");
  await saved(page);
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Try the page again" }).click();
  await shown(page, "Required");
  await named(page, "Off the train");
  await untilStage(page, "Simulate");
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder("Type a page or a command").waitFor();
  visit.complaints.length = 0;
});

describe("privacy", () => {
  test("a plan behind a passphrase says nothing, asks for it, refuses another, and opens", async ({
    site,
    page,
  }) => {
    await openAs(page, site, "Secret plan");
    const save = page.getByRole("button", { name: "Save the plan as a file" });
    const backup = page.getByRole("button", { name: "Save a backup of all plans" });
    await page.getByLabel("Passphrase (optional)").fill("correct horse");
    // Typed once, or otherwise the second time, nothing is saved: nobody could open it again.
    await page.getByText("Saving waits until the same passphrase stands in both fields.").waitFor();
    expect(await save.isDisabled()).toBe(true);
    await page.getByLabel("Passphrase once more").fill("correct hirse");
    await page.getByText("The two passphrases differ.").waitFor();
    expect([await save.isDisabled(), await backup.isDisabled()]).toEqual([true, true]);
    await page.getByLabel("Passphrase once more").fill("correct horse");
    await expect.poll(() => save.isEnabled()).toBe(true);
    expect(await backup.isEnabled()).toBe(true);
    const [download] = await Promise.all([page.waitForEvent("download"), save.click()]);
    expect(download.suggestedFilename()).toBe("secret-plan.shiftwright.locked");
    const bytes = readFileSync(await download.path());
    expect(bytes.subarray(0, 8).toString()).toBe("SHIFTWRL");
    await page.getByTestId("open-file").setInputFiles({
      name: "secret-plan.shiftwright.locked",
      mimeType: "application/octet-stream",
      buffer: bytes,
    });
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Passphrase").fill("wrong");
    await page.keyboard.press("Enter");
    await said(page, "The passphrase does not open this file");
    await dialog.getByLabel("Passphrase").fill("correct horse");
    await page.keyboard.press("Enter");
    await named(page, "Secret plan (2)");
    await untilStage(page, "Simulate");
  });

  test("erased, no byte of a planted name is left that the page can read, in this tab or another", async ({
    site,
    visit,
    page,
  }) => {
    const name = "Zebulon Quillfeather";
    await openAs(page, site, name);
    await page.getByRole("textbox", { name: "Name of the snapshot" }).fill(name);
    await page.getByRole("button", { name: "Take a snapshot" }).click();
    await page.getByRole("heading", { name }).first().waitFor();
    await page.evaluate((text) => {
      localStorage.setItem("shiftwright.mapping.planted", text);
      localStorage.setItem("shiftwright.unsaved", text);
      localStorage.setItem("someone.else", "stays");
      sessionStorage.setItem("shiftwright.planted", text);
    }, name);
    const other = await visit.newTab();
    await other.goto(`${site.origin}/#/files`);
    await named(other, name);
    expect(await placesHolding(page, name)).toContain("shiftwright/plans");

    const section = page.getByRole("region", { name: "Stored in this browser" });
    await section
      .getByText(/^1 entry, [1-9]/)
      .first()
      .waitFor();
    await section.getByRole("button", { name: "Erase everything" }).click();
    await page.getByRole("button", { name: "Erase for good" }).click();
    for (const tab of [page, other]) {
      await tab.getByRole("button", { name: /^Plan menu: Sample plan/ }).waitFor();
      expect(await placesHolding(tab, name)).toEqual([]);
    }
    expect(await page.evaluate(() => localStorage.getItem("someone.else"))).toBe("stays");
  });
});

/** Every place that this page can read and in which the text stands, by any of its encodings. */
function placesHolding(page: Page, text: string): Promise<string[]> {
  return page.evaluate(async (text) => {
    const places: string[] = [];
    const holds = (value: unknown): boolean => {
      if (typeof value === "string") return value.includes(text);
      if (ArrayBuffer.isView(value)) {
        const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
        return ["utf-8", "utf-16le", "latin1"].some((code) =>
          new TextDecoder(code).decode(bytes).includes(text),
        );
      }
      if (typeof value !== "object" || value === null) return false;
      return Object.entries(value).some(([key, item]) => key.includes(text) || holds(item));
    };
    const ask = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    for (const { name = "" } of await indexedDB.databases()) {
      const database = await ask(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const content = database.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([ask(content.getAllKeys()), ask(content.getAll())]);
        if (holds(keys) || holds(values)) places.push(`${name}/${store}`);
      }
      database.close();
    }
    if (holds({ ...localStorage })) places.push("localStorage");
    if (holds({ ...sessionStorage })) places.push("sessionStorage");
    for (const key of await caches.keys()) {
      const cache = await caches.open(key);
      for (const request of await cache.keys()) {
        const body = await (await cache.match(request))?.text();
        if (holds(request.url) || holds(body)) places.push(`cache ${key}`);
      }
    }
    const files = await navigator.storage.getDirectory();
    // biome-ignore lint/suspicious/noExplicitAny: the directory's iterator is not in the library's types
    for await (const [key, handle] of (files as any).entries()) {
      const body = handle.kind === "file" ? await (await handle.getFile()).text() : "";
      if (holds(key) || holds(body)) places.push(`file ${key}`);
    }
    if (document.cookie.includes(text) || window.name.includes(text)) places.push("page");
    if (
      JSON.stringify(history.state ?? "").includes(text) ||
      location.href.includes(encodeURIComponent(text))
    )
      places.push("address");
    return places;
  }, text);
}
