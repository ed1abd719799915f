import type { Page } from "playwright-core";
import { openSite } from "../browser/site.ts";

/**
 * The What-if page on the sample plan in Chromium, base and three scenarios: a drag of the volume slider until it is
 * painted, the exact answer after it, the first simulated answer and the refined one. Needs a build. `npm run bench:whatif`
 */
const drags = 30;
/** Each with the button that leads to days not yet simulated. */
const spans = [
  { name: "a day", button: "▸" },
  { name: "a week", button: "Week" },
  { name: "four weeks", button: "4 weeks" },
] as const;

/** Runs in the page: milliseconds of each drag until it is painted, then until the answer with waiting carried over. */
async function dragged(count: number): Promise<{ painted: number[]; exact: number | null }> {
  const slider = document.querySelector<HTMLInputElement>("input[type=range]")!;
  const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!.set!;
  const painted: number[] = [];
  for (let step = 1; step <= count; step++) {
    const start = performance.now();
    write.call(slider, String(0.1 + step / 100));
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((resolve) =>
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = resolve;
        channel.port2.postMessage(null);
      }),
    );
    painted.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 16));
  }
  const dropped = performance.now();
  while (performance.now() - dropped < 5000) {
    const said = document.querySelector(".whatif-state strong")?.textContent ?? "";
    if (said.includes("carried over")) return { painted, exact: performance.now() - dropped };
    if (said.startsWith("Simulated")) break;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  return { painted, exact: null };
}

/** Runs in the page: presses the button of a span, then milliseconds to the first simulated answer and to the last. */
async function simulated(name: string): Promise<{ first: number; last: number; replications: string }> {
  const buttons = [...document.querySelectorAll<HTMLElement>(".time-bar button")];
  const before = document.querySelector(".whatif-table tbody td")?.textContent;
  const start = performance.now();
  buttons.find((element) => element.textContent?.trim() === name)!.click();
  let first = Number.NaN;
  let replications = "";
  // Until the other days are drawn, what stands there is the answer for those before.
  while (document.querySelector(".whatif-table tbody td")?.textContent === before) {
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
  while (performance.now() - start < 60_000) {
    const line = document.querySelector(".whatif-state")!;
    if (line.querySelector("strong")?.textContent?.startsWith("Simulated")) {
      if (Number.isNaN(first)) {
        first = performance.now() - start;
        replications = /\d+/.exec(line.textContent ?? "")?.[0] ?? "";
      }
      if (!line.textContent?.includes("◌")) return { first, last: performance.now() - start, replications };
    }
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
  return { first, last: Number.NaN, replications };
}

async function keep(page: Page, lever: RegExp, value: string): Promise<void> {
  const box = page.getByRole("textbox", { name: lever });
  await box.fill(value);
  await box.press("Enter");
  await page.getByRole("button", { name: "Keep as scenario" }).click();
}

const site = await openSite();
try {
  const { page, close } = await site.visit();
  await page.goto(`${site.origin}/#/whatif`);
  await page.getByRole("table", { name: "The plan and its scenarios" }).waitFor();
  // The first view is one that is not measured.
  await page.getByText("Day", { exact: true }).first().click();
  await page.keyboard.press("Escape");
  await keep(page, /Contacts, more/, "30");
  await keep(page, /Handle time, longer/, "10");
  await keep(page, /Agents, more or fewer/, "3");
  await page.getByText("Simulated.", { exact: true }).waitFor({ timeout: 60_000 });
  await page.getByText("◌").first().waitFor({ state: "detached", timeout: 60_000 });
  for (const { name, button } of spans) {
    const { first, last, replications } = await page.evaluate(simulated, button);
    console.log(
      `${name}: base and three scenarios simulated after ${first.toFixed(0)} ms (${replications} replications), all replications after ${last.toFixed(0)} ms`,
    );
    const { painted, exact } = await page.evaluate(dragged, drags);
    painted.sort((a, b) => a - b);
    const at = (share: number) => painted[Math.floor(share * (drags - 1))].toFixed(0);
    console.log(
      `${name}: a drag of the volume slider painted after ${at(0.5)} ms (median), ${at(0.9)} ms (90 %), ${at(1)} ms (most); exact answer ${exact === null ? "later than the simulation" : `${exact.toFixed(0)} ms after the last`}`,
    );
    await page.getByRole("button", { name: "Back to the plan" }).click();
  }
  await close();
} finally {
  await site.close();
}
