import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pageTitles } from "./screen.ts";
import { openSite } from "./site.ts";

/**
 * Every page, light and dark, wide and narrow, as PNG files: `npm run screenshots [-- FOLDER [PAGE …]]`, after a build.
 */
const [folder = join(import.meta.dirname, "../../out/screenshots"), ...named] = process.argv.slice(2);
const pages = named.length > 0 ? named : Object.keys(pageTitles);
const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

mkdirSync(folder, { recursive: true });
const site = await openSite();
for (const colorScheme of ["light", "dark"] as const) {
  for (const [size, viewport] of Object.entries(sizes)) {
    const visit = await site.visit({ viewport, colorScheme, reducedMotion: "reduce" });
    for (const name of pages) {
      await visit.page.goto(`${site.origin}/#/${name}`);
      await visit.page.getByRole("main").waitFor();
      await visit.page.waitForTimeout(1200);
      await visit.page.screenshot({ path: join(folder, `${name}-${colorScheme}-${size}.png`) });
    }
    for (const complaint of visit.complaints) console.log(`${colorScheme} ${size}: ${complaint}`);
    await visit.close();
  }
}
await site.close();
console.log(`${pages.length * 4} screenshots in ${folder}`);
