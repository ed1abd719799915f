import { describe, expect, test } from "vitest";
import type { ShiftTemplate } from "../../src/domain/plan/shift.ts";
import { randomStream } from "../../src/numerics/random.ts";
import { checkSchedule } from "../../src/scheduling/check/check-schedule.ts";
import { optimiseShifts } from "../../src/scheduling/optimise-shifts.ts";
import { paidHoursIn } from "../../src/scheduling/problem/piece.ts";
import type { ShiftBlock, ShiftsInput } from "../../src/scheduling/problem/shift-block.ts";
import { buildShiftProblem } from "../../src/scheduling/problem/shift-problem.ts";
import { noSearch, searchShifts } from "../../src/scheduling/search/ruin-and-recreate.ts";
import { group, humps, input, requirement, rest, settings, template } from "./small-plans.ts";

/**
 * A count a day, or a budget, that several groups or lengths share. Rounding the linear program's optimum group by group
 * may come to one shift more than the count allows; the search once took such a start as it was.
 */

const threeBreaks = [rest("break", 15, 90, 150), rest("meal", 30, 180, 300), rest("break", 15, 375, 435)];

/** Two queues of an own plan: full days, and part days of two lengths of which a day may have at most so many. */
function ownPlan(seed: number): { readonly plan: ShiftsInput; readonly most: number } {
  const random = randomStream(seed, "cap");
  const day = (peak: number) => (minute: number) => {
    if (minute < 480 || minute >= 1260) return 0;
    const morning = Math.exp(-(((minute - 660) / 180) ** 2));
    const evening = Math.exp(-(((minute - 1000) / 150) ** 2));
    const noise = 0.9 + 0.2 * random.uniform();
    return Math.round(100 * peak * (0.5 + 0.5 * morning + 0.3 * evening) * noise) / 100;
  };
  const most = 5 + Math.floor(8 * random.uniform());
  const chat = day(4 + 5 * random.uniform());
  const voice = day(8 + 8 * random.uniform());
  const plan = input({
    requirement: requirement({ Chat: chat, Voice: voice }, 1, 15),
    templates: [
      template("full", {
        earliestStartMinute: 480,
        latestStartMinute: 750,
        lengthsMinutes: [510],
        breaks: threeBreaks,
        minimumWorkMinutes: 60,
      }),
      template("part", {
        earliestStartMinute: 480,
        latestStartMinute: 990,
        lengthsMinutes: [270, 330],
        breaks: [rest("break", 15, 105, 150)],
        minimumWorkMinutes: 60,
        maximumCount: most,
      }),
    ],
    settings: { ...settings, gap: 0.05, costPerHourOver: 12 },
  });
  return { plan, most };
}

test.each([3, 38])("an own two-queue plan keeps at most so many part days, seed %i", async (seed) => {
  const { plan, most } = ownPlan(seed);
  const outcome = await optimiseShifts(plan);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  expect(checkSchedule({ ...plan, ...plan.settings }, outcome.value)).toEqual([]);
  expect(outcome.value.shifts.filter(({ templateId }) => templateId === "part")).toHaveLength(most);
});

describe("a start that breaks a limit is cut down to it", () => {
  const capped = (changes: Partial<ShiftTemplate>) =>
    template("part", { lengthsMinutes: [240, 300], startStepMinutes: 60, ...changes });
  const twoQueues = requirement({ Voice: humps(6), Chat: humps(4) }, 1, 60);
  const groups = [group("voice", "Voice"), group("chat", "Chat"), group("both", "Voice", "Chat")];
  const fiveDays = {
    id: "five",
    name: "five",
    templateIds: ["part"],
    daysPerWeek: 5,
    daysOffTogether: false,
    startBandMinutes: 0,
  };
  const plans: readonly (readonly [string, ShiftsInput])[] = [
    ["two groups", input({ requirement: twoQueues, templates: [capped({ maximumCount: 5 })] })],
    [
      "groups that share queues",
      input({ requirement: twoQueues, groups, templates: [capped({ maximumCount: 7 })] }),
    ],
    [
      "some of the groups",
      input({
        requirement: twoQueues,
        groups,
        templates: [capped({ maximumCount: 3, groupIds: ["voice", "both"] }), capped({ id: "free" })],
      }),
    ],
    [
      "exactly so many",
      input({ requirement: twoQueues, templates: [capped({ minimumCount: 4, maximumCount: 4 })] }),
    ],
    [
      "none at all",
      input({ requirement: twoQueues, templates: [capped({ maximumCount: 0 }), template("full")] }),
    ],
    [
      "two limited templates",
      input({
        requirement: twoQueues,
        templates: [capped({ maximumCount: 2 }), template("full", { maximumCount: 3, startStepMinutes: 60 })],
      }),
    ],
    [
      "tours",
      input({
        requirement: requirement({ Voice: humps(6), Chat: humps(4) }, 7, 60),
        templates: [capped({ maximumCount: 4, lengthsMinutes: [300] })],
        settings: { ...settings, tours: [fiveDays] },
      }),
    ],
  ];
  const stream = () => randomStream(1, "limits");
  const withoutLimits = (block: ShiftBlock): ShiftBlock => ({
    ...block,
    limits: block.limits.map((limit) => ({ ...limit, maximum: Number.POSITIVE_INFINITY })),
  });

  test.each(plans)("%s", (_, plan) => {
    const [block] = buildShiftProblem(plan).blocks;
    const { pieces } = searchShifts(withoutLimits(block), [], stream(), noSearch);
    const counts = (of: typeof pieces) =>
      block.limits.map((_, limit) => of.flatMap(({ limits }) => limits).filter((at) => at === limit).length);
    const isKept = (of: typeof pieces) =>
      counts(of).every((count, at) => count >= block.limits[at].minimum && count <= block.limits[at].maximum);
    expect(isKept(pieces)).toBe(false);
    const kept = searchShifts(block, pieces, stream(), noSearch);
    expect(isKept(kept.pieces)).toBe(true);
  });

  test("paid hours", () => {
    const [block] = buildShiftProblem(input({ requirement: twoQueues, templates: [capped({})] })).blocks;
    const free = searchShifts(block, [], stream(), noSearch);
    const mostHours = paidHoursIn(free.pieces) / 2;
    const kept = searchShifts(block, free.pieces, stream(), { ...noSearch, mostHours });
    expect(paidHoursIn(kept.pieces)).toBeLessThanOrEqual(mostHours);
    expect(paidHoursIn(kept.pieces)).toBeGreaterThan(mostHours - 4);
  });
});
