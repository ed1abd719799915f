import { openSite } from "../browser/site.ts";

/**
 * Drags the service level of the sample plan's week in Chromium and prints how long a move takes until it is painted,
 * and how long until the true queue of the last move has followed. Needs a build. `npm run bench:slider`
 */
const site = await openSite();
try {
  const { page, close } = await site.visit({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${site.origin}/#/required`);
  await page.getByRole("slider", { name: "Service level" }).first().waitFor({ timeout: 60_000 });
  await page.getByText(/Followed in/).waitFor({ timeout: 60_000 });
  // Processor time of the page's thread, which neighbours on the machine do not stretch as they do the clock.
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const threadSeconds = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
  };
  const before = await threadSeconds();
  // No named functions inside: the transpiler would have them call a helper that the page does not have.
  const moves = await page.evaluate(async () => {
    const slider = document.querySelector<HTMLInputElement>(".page-controls input[type=range]")!;
    const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!.set!;
    const figures = document.querySelector(".required-figures")!;
    const times: { drawn: number; painted: number }[] = [];
    for (let move = 0; move < 60; move++) {
      const start = performance.now();
      // The move is answered when the figures under the chart have changed, and seen when that is painted.
      const changed = new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect();
          resolve();
        });
        observer.observe(figures, { subtree: true, characterData: true, childList: true });
      });
      setValue.call(slider, String(0.85 + 0.01 * (move % 14)));
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      await changed;
      const drawn = performance.now() - start;
      await new Promise<void>((resolve) =>
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => resolve();
          channel.port2.postMessage(null);
        }),
      );
      times.push({ drawn, painted: performance.now() - start });
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    return times;
  });
  const cpu = ((await threadSeconds()) - before) * 1000;
  const at = (values: number[], share: number) =>
    values.sort((a, b) => a - b)[Math.floor(share * (values.length - 1))].toFixed(1);
  const drawn = moves.map((move) => move.drawn);
  const painted = moves.map((move) => move.painted);
  console.log(
    `a move of the slider, a week of two queues: redrawn after ${at(drawn, 0.5)} ms (median), ${at(drawn, 0.9)} ms (90 %); painted after ${at(painted, 0.5)} ms, ${at(painted, 0.9)} ms; processor time of the page's thread ${(cpu / moves.length).toFixed(1)} ms a move, all told`,
  );
  await page.getByText(/Followed in/).waitFor({ timeout: 60_000 });
  console.log(await page.getByText(/Followed in/).textContent());
  await close();
} finally {
  await site.close();
}
