import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import type { PublishedRoster } from "../../src/domain/plan/published-roster.ts";
import { personCalendars, zipped } from "../../src/files/person-calendars.ts";

const start = "2026-11-02T08:00:00Z";
const shift = { templateId: "early", name: "Early", start, end: "2026-11-02T16:00:00Z", activities: [] };
/** Everybody has a shift in the first version; those in `dropped` lose it in the second. */
function publishedOf(keys: readonly string[], dropped: readonly string[]): PublishedRoster {
  const days = { firstDate: "2026-11-02", lastDate: "2026-11-02", timeZone: "UTC" };
  const slot = { date: "2026-11-02", number: 1 };
  const names = Object.fromEntries(keys.map((key) => [key, "Kim"]));
  const versionOf = (of: readonly string[], after: typeof shift | null) => ({
    ...days,
    publishedAt: "2026-10-30T12:00:00Z",
    note: "",
    names,
    changes: of.map((personKey) => ({ ...slot, personKey, shift: after })),
  });
  return { calendarId: "plan", versions: [versionOf(keys, shift), versionOf(dropped, null)] };
}
const people = (keys: readonly string[]) =>
  keys.map((personKey) => ({ personKey, agentId: personKey, name: "Kim" }));

test("no two calendar files have the same name, in a folder or in the archive", async () => {
  const keys = ["a 1", "a-1", "A,1", "a 1 2", "4711", "4711 cancelled", "straße", "STRASSE"];
  const files = personCalendars(publishedOf(keys, ["4711"]), 0, people(keys));
  const names = files.map(({ name }) => name);
  expect(names).toEqual([
    "kim-a-1.ics",
    "kim-a-1-2.ics",
    "kim-a-1-3.ics",
    "kim-a-1-2-2.ics",
    "kim-4711-cancelled.ics",
    "kim-4711-cancelled-2.ics",
    "kim-straße.ics",
    "kim-strasse-2.ics",
  ]);
  const entries = unzipSync(new Uint8Array(await (await zipped(files)).arrayBuffer()));
  expect(Object.keys(entries)).toEqual(names);
  for (const { name, text } of files) expect(new TextDecoder().decode(entries[name])).toBe(text);
});
