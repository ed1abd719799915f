import { describe, expect, test } from "vitest";
import { namedAssignments, readCurtoisQu } from "../../src/rostering/problem/problem-from-curtois-qu.ts";
import { rosterPrice } from "../../src/rostering/problem/roster-price.ts";
import { judgeRoster } from "../../src/rostering/rules/curtois-qu-check.ts";
import { breachesOf } from "../../src/rostering/rules/hard-rules.ts";
import { allowsTour } from "../../src/rostering/search/cheapest-tour.ts";
import { unfoldEverybody } from "../../src/rostering/search/horizon-spans.ts";
import { rosterSearch } from "../../src/rostering/search/ruin-and-recreate.ts";
import { generatedInstance } from "./generated-instance.ts";

describe("long horizons are counted in spans", () => {
  for (const shape of [
    { weeks: 6, staff: 8, kinds: 4 },
    { weeks: 12, staff: 6, kinds: 3 },
    { weeks: 52, staff: 10, kinds: 4 },
  ]) {
    test(`${shape.weeks} weeks: every roster of the search keeps every rule of the file`, () => {
      const text = generatedInstance(shape, 3);
      const read = readCurtoisQu(text);
      if (!read.ok) throw new Error(JSON.stringify(read.issues));
      const { problem, graphs, isWhole } = unfoldEverybody(read.value);
      expect(isWhole).toBe(false);
      const found = rosterSearch(
        problem,
        graphs.map((graph) => graph!),
        1,
        null,
      );
      const first = found.current();
      for (let step = 0; step < 20; step++) found.step(20);
      const { tours, price } = found.best();
      expect(price).toBeLessThan(first);
      expect(price).toBeCloseTo(rosterPrice(read.value, tours), 6);
      for (const [person, one] of tours.entries()) {
        expect(allowsTour(graphs[person]!, one)).toBe(true);
        expect(breachesOf(read.value, read.value.people[person], one)).toEqual([]);
      }
      const { faults, objective } = judgeRoster(text, namedAssignments(read.value, tours));
      expect(faults).toEqual([]);
      expect(objective).toBeCloseTo(price, 6);
    });
  }

  test("a file with other line ends, comments, blank lines and trailing spaces reads the same", () => {
    const text = generatedInstance({ weeks: 2, staff: 3, kinds: 2 }, 1);
    const odd = `\uFEFF# a remark\r\n${text.replace(/\n/g, "  \r\n\r\n").replace("SECTION_COVER", "# more\r\nSECTION_COVER ")}`;
    expect(readCurtoisQu(odd)).toEqual(readCurtoisQu(text));
    const bare = text.replace(/SECTION_DAYS_OFF[\s\S]*SECTION_COVER/, "SECTION_DAYS_OFF\n\nSECTION_COVER");
    expect(readCurtoisQu(bare).ok).toBe(true);
  });
});
