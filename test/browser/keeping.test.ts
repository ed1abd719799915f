import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { test } from "./fixtures.ts";
import { untilStage } from "./screen.ts";
import type { Site } from "./site.ts";

/** Nothing a person has done is lost: reload, second tab, deletion, backup, a worker that dies, a mistaken edit. */
const planName = (page: Page) => page.getByRole("button", { name: /^Plan menu/ });

async function rename(page: Page, name: string): Promise<void> {
  await planName(page).click();
  await page.getByRole("textbox", { name: "Plan", exact: true }).fill(name);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: `Plan menu: ${name}` }).waitFor();
}

async function openFiles(page: Page, site: Site): Promise<void> {
  await page.goto(`${site.origin}/#/files`);
  await page.getByRole("heading", { name: "Plans", exact: true }).waitFor();
  // Not "Saving" (the first save of a whole plan takes a moment), or shown from another tab.
  await page.getByTitle(/^(Saved in this browser|Open in another tab)$/).waitFor();
}

const planRows = (page: Page) =>
  page.getByRole("region", { name: "Plans" }).getByRole("heading", { level: 3 });

describe("in this browser", () => {
  test("a change is there after a reload at once, with every result still up to date", async ({
    site,
    page,
  }) => {
    await openFiles(page, site);
    await rename(page, "Autumn plan");
    await page.reload();
    await page.getByRole("button", { name: "Plan menu: Autumn plan" }).waitFor();
    for (const stage of ["History", "Forecast", "Required", "Shifts", "Simulate"]) {
      await untilStage(page, stage);
    }
  });

  test("a second tab shows what the first does, takes over on request, and gets the plan when the first goes", async ({
    site,
    visit,
  }) => {
    const first = visit.page;
    await openFiles(first, site);
    await rename(first, "One");
    const second = await visit.newTab();
    await openFiles(second, site);
    await second.getByText("This plan is open in another tab.", { exact: false }).waitFor();
    await planName(second).click();
    expect(await second.getByRole("textbox", { name: "Plan", exact: true }).isDisabled()).toBe(true);
    await second.keyboard.press("Escape");

    await rename(first, "Two");
    await second.getByRole("button", { name: "Plan menu: Two" }).waitFor();

    await second.getByRole("button", { name: "Work in this tab" }).click();
    await first.getByText("This plan is open in another tab.", { exact: false }).waitFor();
    await rename(second, "Three");
    await first.getByRole("button", { name: "Plan menu: Three" }).waitFor();

    await second.close();
    await first
      .getByText("This plan is open in another tab.", { exact: false })
      .waitFor({ state: "detached" });
    await rename(first, "Four");
    await first.reload();
    await first.getByRole("button", { name: "Plan menu: Four" }).waitFor();
  });

  test("a deleted plan comes back by undo, a backup brings all plans into another browser", async ({
    site,
    page,
    newVisit,
  }) => {
    await openFiles(page, site);
    await rename(page, "First");
    await page.getByRole("button", { name: "Duplicate" }).click();
    await page.getByRole("button", { name: "Plan menu: First (2)" }).waitFor();
    await page.getByRole("button", { name: "Delete First", exact: true }).click();
    await page.getByText('"First" and its snapshots are deleted', { exact: false }).waitFor();
    await expect.poll(() => planRows(page).allInnerTexts()).toEqual(["First (2)"]);
    await page.getByRole("region", { name: "Messages" }).getByRole("button", { name: "Undo" }).click();
    await expect
      .poll(async () => (await planRows(page).allInnerTexts()).sort())
      .toEqual(["First", "First (2)"]);

    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save a backup of all plans" }).click(),
    ]);
    const path = await download.path();
    const other = await newVisit();
    await openFiles(other.page, site);
    await other.page.getByTestId("open-file").setInputFiles({
      name: download.suggestedFilename(),
      mimeType: "application/json",
      buffer: readFileSync(path),
    });
    await expect
      .poll(async () => (await planRows(other.page).allInnerTexts()).sort(), { timeout: 20_000 })
      .toEqual(["First", "First (2)", "Sample plan (synthetic)"]);
    await untilStage(other.page, "Simulate");
  });

  test("a snapshot is gone back to, and that can be undone", async ({ site, page }) => {
    await openFiles(page, site);
    await rename(page, "Before");
    await page.getByRole("textbox", { name: "Name of the snapshot" }).fill("safe");
    await page.getByRole("button", { name: "Take a snapshot" }).click();
    await page.getByRole("heading", { name: "safe" }).waitFor();
    await rename(page, "After");
    await page.getByRole("button", { name: "Restore" }).click();
    await page.getByRole("button", { name: "Plan menu: Before" }).waitFor();
    await page.keyboard.press("Control+z");
    await page.getByRole("button", { name: "Plan menu: After" }).waitFor();
  });

  test("what is no plan is refused with a reason, and the open plan stays", async ({ site, page }) => {
    await openFiles(page, site);
    await rename(page, "Mine");
    for (const [text, reason] of [
      ["", "The file is empty."],
      ['{"a":1}', "This is not a Shiftwright plan file."],
      ['{"format":"shiftwright-plan","plan":{', "is incomplete: its end is missing"],
      [
        gzipSync('{"format":"shiftwright-plan","plan":{}}').subarray(0, 40),
        "is incomplete: its end is missing",
      ],
    ] as const) {
      await page.getByTestId("open-file").setInputFiles({
        name: typeof text === "string" ? "broken.json" : "broken.json.gz",
        mimeType: "application/json",
        buffer: Buffer.from(text),
      });
      await page.getByText(reason, { exact: false }).waitFor();
      await page.getByRole("button", { name: "Plan menu: Mine" }).waitFor();
    }
  });
});

describe("when something breaks", () => {
  test("an edit of a first visit that closes before the first save is there at the next", async ({
    site,
    visit,
    page,
  }) => {
    // A database that begins to write and never comes to its end.
    await page.addInitScript(() => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (value, key) {
        const again = () => {
          this.count().onsuccess = again;
        };
        again();
        return key === undefined ? put.call(this, value) : put.call(this, value, key);
      };
    });
    await page.goto(`${site.origin}/`);
    await page.locator("main h1").waitFor();
    await rename(page, "Hasty");
    await page.close();
    const next = await visit.newTab();
    await next.goto(`${site.origin}/`);
    await next.getByRole("button", { name: "Plan menu: Hasty" }).waitFor();
    await next
      .getByText('its changes to "Hasty" were saved; they have been restored', { exact: false })
      .waitFor();
    await untilStage(next, "Simulate");
    await next.goto(`${site.origin}/#/files`);
    await next.getByTitle("Saved in this browser").waitFor();
    await next.reload();
    await next.getByRole("button", { name: "Plan menu: Hasty" }).waitFor();
    expect(await next.getByText("they have been restored", { exact: false }).count()).toBe(0);
  });

  test("a full disk is said, and the change is there when the program opens again", async ({
    site,
    page,
  }) => {
    await openFiles(page, site);
    await page.evaluate(() => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException("no room", "QuotaExceededError");
      };
    });
    await rename(page, "No room");
    await page.getByText("Browser storage is full", { exact: false }).waitFor();
    await page.getByTitle(/^Not saved/).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page
        .getByRole("region", { name: "Messages" })
        .getByRole("button", { name: "Save a backup file" })
        .click(),
    ]);
    expect(download.suggestedFilename()).toBe("no-room.shiftwright.json.gz");
    await page.reload();
    await page.getByRole("button", { name: "Plan menu: No room" }).waitFor();
    await page.getByText("they have been restored", { exact: false }).waitFor();
  });

  test("a half-written plan is named and left alone, and another one opens", async ({ site, page }) => {
    await openFiles(page, site);
    await rename(page, "Whole");
    await page.getByRole("button", { name: "Duplicate" }).click();
    await page.getByRole("button", { name: "Plan menu: Whole (2)" }).waitFor();
    await page.getByTitle("Saved in this browser").waitFor();
    const broken = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const opening = indexedDB.open("shiftwright");
          opening.onsuccess = () => {
            const transaction = opening.result.transaction(["settings", "parts"], "readwrite");
            const asked = transaction.objectStore("settings").get("lastOpen");
            asked.onsuccess = () => {
              transaction.objectStore("parts").delete([asked.result, "plan"]);
              transaction.objectStore("parts").put({ queues: 3 }, [asked.result, "history"]);
            };
            transaction.oncomplete = () => resolve(asked.result);
          };
        }),
    );
    await page.reload();
    await page
      .getByText('The plan "Whole (2)" saved in this browser cannot be read', { exact: false })
      .waitFor();
    await page.getByRole("button", { name: "Plan menu: Whole", exact: true }).waitFor();
    const history = await page.evaluate(
      (id) =>
        new Promise<unknown>((resolve) => {
          const opening = indexedDB.open("shiftwright");
          opening.onsuccess = () => {
            const asked = opening.result.transaction("parts").objectStore("parts").get([id, "history"]);
            asked.onsuccess = () => resolve(asked.result);
          };
        }),
      broken,
    );
    expect(history).toEqual({ queues: 3 });
  });

  test("where the worker that checks plans does not start, the plan opens all the same and says so", async ({
    site,
    visit,
    page,
  }) => {
    await openFiles(page, site);
    await rename(page, "Unchecked");
    await page.getByTitle("Saved in this browser").waitFor();
    await page.context().route("**/files.worker-*.js", (route) => route.abort());
    await page.reload();
    await page.getByRole("button", { name: "Plan menu: Unchecked" }).waitFor();
    await page.getByText("so it is open unchecked", { exact: false }).waitFor();
    await untilStage(page, "Simulate");
    // The browser says that a script could not be had, or what it threw.
    visit.complaints.length = 0;
  });

  test("a worker that dies is said and replaced, and the plan is as it was", async ({
    site,
    visit,
    page,
  }) => {
    await openFiles(page, site);
    const broken = "**/forecast.worker-*.js";
    await page.context().route(broken, (route) =>
      route.fulfill({
        contentType: "text/javascript",
        // Without it the browser refuses the script before it can throw.
        headers: { "cross-origin-embedder-policy": "require-corp" },
        body: 'throw new Error("no such field")',
      }),
    );
    const run = async () => {
      await page.keyboard.press("Control+k");
      await page.getByPlaceholder("Type a page or a command").fill("Run: forecast");
      await page.keyboard.press("Enter");
    };
    await run();
    await page.getByText(/Forecasting stopped unexpectedly/).waitFor();
    await untilStage(page, "Forecast");
    await page.context().unroute(broken);
    await run();
    await page.getByText(/Forecasting stopped unexpectedly/).waitFor({ state: "detached" });
    await page.getByRole("link", { name: /up to date Forecast/ }).waitFor({ timeout: 60_000 });
    // The browser says that a script could not be had, or what it threw.
    visit.complaints.length = 0;
  });

  test("a page that does not load leaves the frame and the plan, and loads when tried again", async ({
    site,
    visit,
    page,
  }) => {
    await openFiles(page, site);
    await rename(page, "Still here");
    const broken = "**/assets/calculator-*.js";
    await page.context().route(broken, (route) => route.abort());
    await page.goto(`${site.origin}/#/calculator`);
    await page.getByRole("heading", { name: "This page stopped working" }).waitFor();
    await page.getByRole("button", { name: "Plan menu: Still here" }).waitFor();
    await page.context().unroute(broken);
    await page.getByRole("button", { name: "Try the page again" }).click();
    await page.getByRole("heading", { name: "Calculator", level: 1 }).waitFor();
    await page.getByRole("button", { name: "Plan menu: Still here" }).waitFor();
    // The browser says that a script could not be had, or what it threw.
    visit.complaints.length = 0;
  });
});

describe("by keyboard", () => {
  test("the palette finds pages and commands, and the time picker moves by arrow keys", async ({
    site,
    page,
  }) => {
    await openFiles(page, site);
    await page.keyboard.press("Control+k");
    await page.getByPlaceholder("Type a page or a command").fill("calc");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Calculator", level: 1 }).waitFor();

    const range = page.getByRole("button", { name: /Nov 2026$/ });
    const before = await range.textContent();
    await range.focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => range.textContent()).not.toBe(before);
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => range.textContent()).toBe(before);

    await page.keyboard.press("Control+k");
    await page.getByPlaceholder("Type a page or a command").fill("Theme: dark");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator("html").getAttribute("data-theme")).toBe("dark");
    await page.reload();
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
  });

  test("the first Tab leads to the page, and every control of the frame is reached with the focus in sight", async ({
    site,
    page,
  }) => {
    await openFiles(page, site);
    await page.locator("body").press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the page");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("page");
    await page.reload();
    await page.getByRole("heading", { name: "Plans", exact: true }).waitFor();
    const reached: string[] = [];
    for (let step = 0; step < 26; step++) {
      await page.keyboard.press("Tab");
      const focus = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        const style = getComputedStyle(element);
        return {
          name: element.getAttribute("aria-label") ?? element.textContent ?? "",
          visible: style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2,
        };
      });
      reached.push(focus.name);
      expect(focus.visible, focus.name).toBe(true);
    }
    for (const name of ["History", "Simulate", "Undo", "Week"]) {
      expect(reached.some((label) => label.includes(name))).toBe(true);
    }
  });
});
