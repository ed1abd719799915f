import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { loadHighs } from "../../src/optimising/highs-adapter.ts";
import { namedAssignments, readCurtoisQu } from "../../src/rostering/problem/problem-from-curtois-qu.ts";
import { rosterPrice } from "../../src/rostering/problem/roster-price.ts";
import { judgeRoster } from "../../src/rostering/rules/curtois-qu-check.ts";
import { breachesOf } from "../../src/rostering/rules/hard-rules.ts";
import { type RosterEffort, solveRoster } from "../../src/rostering/search/solve-roster.ts";
import { tourUnfolder } from "../../src/rostering/search/tour-graph.ts";
import { generatedInstance } from "./generated-instance.ts";

/** Two weeks, two people: written for this test. */
const instance = `# two people
SECTION_HORIZON
14

SECTION_SHIFTS
E,480,
L,300,E

SECTION_STAFF
A,E=14|L=2,2400,960,3,2,2,1
B,E=14|L=14,3360,0,5,1,1,2

SECTION_DAYS_OFF
A,0

SECTION_SHIFT_ON_REQUESTS
B,3,L,4

SECTION_SHIFT_OFF_REQUESTS
B,1,E,2

SECTION_COVER
1,E,1,100,1
3,L,0,100,7
`;
const day = (text: string) =>
  text
    .split(" ")
    .map((entry) => ({ employee: entry[0], day: Number(entry.slice(1, -1)), shift: entry.slice(-1) }));

const effort: RosterEffort = {
  searchStepsPerPerson: 10,
  boundSteps: 0,
  relaxationRounds: 1000,
  neighbourhoods: 30,
  proofArcs: 0,
  seconds: null,
};

async function solve(text: string, seed = 1, more: Partial<RosterEffort> = {}) {
  const outcome = readCurtoisQu(text);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  const problem = outcome.value;
  const unfold = tourUnfolder(problem);
  const graphs = problem.people.map(({ limits }) => unfold(limits)!);
  return {
    problem,
    ...(await solveRoster(problem, graphs, await loadHighs(), { ...effort, ...more }, seed, null)),
  };
}

describe("the independent judge", () => {
  test("prices a valid roster by hand", () => {
    // Request of B on day 3 unmet (4) by working E there; cover on day 1 met by A; nobody on L.
    expect(judgeRoster(instance, day("A1E A2E B3E"))).toEqual({ faults: [], objective: 4 });
    // Under cover 100; the request granted, but one L too many (7).
    expect(judgeRoster(instance, day("A2E A3E B3L"))).toEqual({ faults: [], objective: 107 });
  });

  const broken: Record<string, string> = {
    "A: 3 shifts L, at most 2": "A1L A2L A3L",
    "A: 2880 minutes, at most 2400": "A1E A2E A3E A7E A8E A9E",
    "A: 480 minutes, at least 960": "A13E",
    "A day 1: 4 days in a row, at most 3": "A1E A2E A3E A4E",
    "A day 4: 1 days in a row, at least 2": "A1E A2E A4E",
    "A day 3: 1 days off, at least 2": "A1E A2E A4E A5E",
    "A: 2 weekends, at most 1": "A5E A6E A12E A13E",
    "A day 3: E may not follow L": "A2L A3E A8E",
    "A day 0: works on a day off": "A0E A1E",
    "B day 5: two shifts": "A1E A2E B5E B5L",
    "C: not in the staff": "A1E A2E C1E",
    "B day 14: outside the horizon": "A1E A2E B14E",
    "B day 2: no shift X": "A1E A2E B2X",
  };
  for (const [fault, roster] of Object.entries(broken)) {
    test(`refuses: ${fault}`, () => expect(judgeRoster(instance, day(roster)).faults).toContain(fault));
  }
});

describe("reading an instance", () => {
  test("bad lines are named", () => {
    const codes = (text: string) => {
      const outcome = readCurtoisQu(text);
      return outcome.issues.map(({ code, line }) => `${code}:${line ?? ""}`);
    };
    expect(codes("hello")).toEqual(["roster.notAnInstance:1"]);
    expect(codes(instance.replace("SECTION_COVER", "SECTION_COVERS"))).toEqual(["roster.sectionMissing:"]);
    expect(codes(instance.replace("B,3,L,4", "B,3,X,4"))).toEqual(["roster.unknownShift:17"]);
    expect(codes(instance.replace("B,3,L,4", "Z,3,L,4"))).toEqual(["roster.unknownEmployee:17"]);
    expect(codes(instance.replace("B,3,L,4", "B,33,L,4"))).toEqual(["roster.dayOutsideHorizon:17"]);
    expect(codes(instance.replace("B,3,L,4", "B,3,L,four"))).toEqual(["roster.notANumber:17"]);
    expect(codes("")).toHaveLength(4);
  });

  test("line ends do not matter", () => {
    expect(readCurtoisQu(instance.replaceAll("\n", "\r\n"))).toEqual(readCurtoisQu(instance));
  });
});

describe("solving", () => {
  test("the small instance to its optimum, proved", async () => {
    // Only one of B's request (4) and the surplus L it makes (7) can be had.
    const { problem, tours, price, bound, status } = await solve(instance);
    expect(judgeRoster(instance, namedAssignments(problem, tours))).toEqual({ faults: [], objective: price });
    expect([price, bound, status]).toEqual([4, 4, "optimal"]);
  });

  test("a gap that the relaxation leaves is closed by branch and bound", async () => {
    const text = generatedInstance({ weeks: 2, staff: 5, kinds: 2 }, 2);
    const short = { neighbourhoods: 0, relaxationRounds: 100, searchStepsPerPerson: 1 };
    const open = await solve(text, 1, short);
    expect(open.status).toBe("timeLimit");
    const { problem, tours, price, bound, status } = await solve(text, 1, { ...short, proofArcs: 10_000 });
    expect(status).toBe("optimal");
    expect(bound).toBe(price);
    expect(price).toBeLessThanOrEqual(open.price);
    expect(judgeRoster(text, namedAssignments(problem, tours))).toEqual({ faults: [], objective: price });
    // A long search finds no better one.
    const long = await solve(text, 2, { searchStepsPerPerson: 400, neighbourhoods: 60 });
    expect(long.price).toBe(price);
  });

  const folder = resolve(import.meta.dirname, "../../../shared/data/curtois_qu");
  const bestKnown: Record<string, number> = {
    Instance1: 607,
    Instance2: 828,
    Instance3: 1001,
    Instance4: 1716,
  };
  for (const [name, optimum] of Object.entries(bestKnown)) {
    test.skipIf(!existsSync(folder))(`${name} to ${optimum}; judge, rules and price agree`, async () => {
      const text = readFileSync(join(folder, `${name}.txt`), "utf8");
      const { problem, tours, price } = await solve(text);
      expect(price).toBe(optimum);
      expect(judgeRoster(text, namedAssignments(problem, tours))).toEqual({ faults: [], objective: optimum });
      expect(rosterPrice(problem, tours)).toBe(optimum);
      for (const [index, person] of problem.people.entries())
        expect(breachesOf(problem, person, tours[index])).toEqual([]);
    });
  }

  test("same seed, same roster", async () => {
    const [first, second] = [await solve(instance, 3), await solve(instance, 3)];
    expect(first.tours).toEqual(second.tours);
  });
});
