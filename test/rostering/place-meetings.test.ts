import { describe, expect, test } from "vitest";
import { intervalCount } from "../../src/domain/calendar/interval-grid.ts";
import type { Assignment } from "../../src/domain/plan/roster.ts";
import { randomStream } from "../../src/numerics/random.ts";
import { attendanceOf, type PlacedMeeting, placeMeetings } from "../../src/rostering/place-meetings.ts";
import { agent, given, grid, input, roster, shift } from "./small-plan.ts";

const people = ["Ada", "Ben", "Cem", "Dee"].map((id) => agent(id));
const { groups } = input([], people);
/** So many agents wanted in every interval. */
const wanting = (count: number | ((interval: number) => number)) => [
  {
    queueId: "Voice",
    agents: Float64Array.from({ length: 14 * 96 + 4 }, (_, at) =>
      typeof count === "number" ? count : count(at),
    ),
  },
];
const terms = (asked = wanting(0)) => ({ grid, groups, agents: people, asked });
const meeting = (more: Partial<PlacedMeeting> = {}): PlacedMeeting => ({
  id: "talk",
  kind: "meeting",
  lengthMinutes: 30,
  agentIds: ["Ada", "Ben"],
  repeats: "once",
  together: true,
  must: true,
  weekdays: [1, 2, 3, 4, 5],
  fromMinute: 540,
  toMinute: 1020,
  ...more,
});
const starts = (assignments: readonly Assignment[], id = "talk") =>
  assignments.map(
    ({ shift: { activities } }) => activities.find(({ ruleId }) => ruleId === id)?.startMinute ?? null,
  );
const hour = (hours: number, day = 0) => grid.dayOffsets[day] * 15 + 60 * hours;

describe("a meeting of all together", () => {
  test("lies where most are at work, least is missed, and then as early as can be", () => {
    const worked = [given("Ada", shift(0, 8)), given("Ben", shift(0, 11)), given("Cem", shift(0, 8))];
    // Both are there from 11:00 to 16:00; until 12:00 three are wanted.
    const asked = wanting((at) => (at < 48 ? 3 : 1));
    const placed = placeMeetings(terms(asked), worked, [meeting()]);
    expect(starts(placed)).toEqual([hour(12), hour(12), null]);
    expect(placed[2]).toBe(worked[2]);
    expect(placed[0].shift.activities.map(({ kind }) => kind)).toEqual(["work", "meeting", "work"]);
  });

  test("is the best of all starts, whatever the roster", () => {
    for (let seed = 0; seed < 40; seed++) {
      const random = randomStream(seed, "meetings");
      const worked = people.flatMap(({ id }) =>
        [0, 1, 2].flatMap((day) =>
          random.uniform() < 0.7 ? [given(id, shift(day, 7 + Math.floor(random.uniform() * 6)))] : [],
        ),
      );
      const wanted = Array.from({ length: 14 * 96 + 4 }, () => Math.floor(random.uniform() * 4));
      const asked = wanting((at) => wanted[at]);
      const one = meeting({ agentIds: ["Ada", "Ben", "Cem"] });
      const placed = placeMeetings(terms(asked), worked, [one]);
      const there = (at: number) =>
        worked.filter(
          ({ shift: { startMinute, endMinute } }) => startMinute <= at * 15 && endMinute >= at * 15 + 15,
        ).length;
      const judged = [0, 1, 2].flatMap((day) =>
        Array.from({ length: 31 }, (_, step) => hour(9, day) + 15 * step).map((start) => {
          const come = worked.filter(
            ({ agentId, shift: { startMinute, endMinute } }) =>
              one.agentIds.includes(agentId) && startMinute <= start && endMinute >= start + 30,
          ).length;
          const short = [0, 1].reduce((sum, part) => {
            const at = start / 15 + part;
            const before = Math.max(0, wanted[at] - there(at));
            return sum + Math.max(0, wanted[at] - there(at) + come) ** 2 - before ** 2;
          }, 0);
          return { start, come, short };
        }),
      );
      const most = Math.max(...judged.map(({ come }) => come));
      const least = Math.min(...judged.filter(({ come }) => come === most).map(({ short }) => short));
      const held = starts(placed).filter((start) => start !== null);
      expect(held).toHaveLength(most);
      if (most === 0) continue;
      const chosen = judged.find(({ start }) => start === held[0])!;
      expect([seed, chosen.come, chosen.short]).toEqual([seed, most, least]);
    }
  });

  test("every week has its own, and a second placing changes nothing", () => {
    const worked = [0, 1, 7, 8].flatMap((day) => [given("Ada", shift(day, 8)), given("Ben", shift(day, 8))]);
    const weekly = [meeting({ repeats: "weekly" })];
    const placed = placeMeetings(terms(), worked, weekly);
    expect(starts(placed).filter((start) => start !== null)).toEqual([
      hour(9),
      hour(9),
      hour(9, 7),
      hour(9, 7),
    ]);
    expect(placeMeetings(terms(), placed, weekly)).toEqual(placed);
    expect(placeMeetings(terms(), placed, [])).toEqual(worked);
    const seen = attendanceOf(grid, weekly, placed);
    expect(seen.map(({ agentId, week, startMinute }) => [agentId, week, startMinute])).toEqual([
      ["Ada", 0, hour(9)],
      ["Ben", 0, hour(9)],
      ["Ada", 1, hour(9, 7)],
      ["Ben", 1, hour(9, 7)],
    ]);
  });
});

describe("in turns", () => {
  test("each goes when it costs least, knowing who is away already", () => {
    const worked = [given("Ada", shift(0, 8)), given("Ben", shift(0, 8)), given("Cem", shift(0, 8))];
    const asked = wanting((at) => (at < 44 ? 2 : 3));
    const placed = placeMeetings(terms(asked), worked, [
      meeting({ together: false, agentIds: ["Ada", "Ben"] }),
    ]);
    const [ada, ben] = starts(placed);
    expect([ada, ben]).toEqual([hour(9), hour(9.5)]);
  });
});

describe("a meeting that need not be held", () => {
  test("is left out where anybody would be missed, and held where nobody is", () => {
    const worked = [given("Ada", shift(0, 8)), given("Ben", shift(0, 8)), given("Cem", shift(0, 8))];
    const may = meeting({ must: false });
    expect(starts(placeMeetings(terms(wanting(2)), worked, [may]))).toEqual([null, null, null]);
    expect(starts(placeMeetings(terms(wanting(1)), worked, [may]))).toEqual([hour(9), hour(9), null]);
    expect(attendanceOf(grid, [may], worked).map(({ startMinute }) => startMinute)).toEqual([null, null]);
  });
});

describe("a roster", () => {
  test("is built with its meetings, and built again the same", async () => {
    const shifts = [shift(0, 8), { ...shift(0, 8), id: "second" }];
    const from = input(shifts, people.slice(0, 2), { meetings: [meeting()] });
    const built = await roster(from);
    expect(starts(built.assignments)).toEqual([hour(9), hour(9)]);
    const again = await roster({ ...from, present: { grid, assignments: built.assignments } });
    expect(again.assignments).toEqual(built.assignments);
    expect(again.unassigned).toEqual([]);
  });

  test("made straight from the requirement has them where fewest are wanted, and is judged with them", async () => {
    const count = intervalCount(grid);
    const from = 32;
    // On the first Monday from 08:00 to 16:00 two are wanted, and one from 12:00 to 13:00.
    const scheduledAgents = Float64Array.from({ length: count }, (_, at) =>
      at < from || at >= from + 32 ? 0 : at >= 48 && at < 52 ? 1 : 2,
    );
    const none = new Float64Array(count);
    const queue = { queueId: "Voice", scheduledAgents, requiredAgents: scheduledAgents, offered: none };
    const figures = { ahtSeconds: none, serviceLevel: none, asaSeconds: none };
    const shares = { abandonmentRate: none, occupancy: none };
    const direct = input([], people.slice(0, 2), {
      schedule: null,
      requirement: { grid, queues: [{ ...queue, ...figures, ...shares }] },
      rostering: { changePrice: 0, buildFrom: "requirement" },
    });
    const plain = await roster(direct);
    const met = await roster({ ...direct, meetings: [meeting({ agentIds: ["Ada"] })] });
    expect(starts(met.assignments).filter((start) => start !== null)).toEqual([hour(12)]);
    // Half an hour of one agent, of whom none is wanted then: cover is as it was.
    const short = (of: typeof met) =>
      of.violations.filter(({ rule }) => rule === "coverShort").map(({ penalty }) => penalty);
    expect(short(met)).toEqual(short(plain));
    const must = await roster({ ...direct, meetings: [meeting({ fromMinute: 600, toMinute: 660 })] });
    expect(short(must).reduce<number>((sum, penalty) => sum + (penalty ?? 0), 0)).toBeGreaterThan(
      short(plain).reduce<number>((sum, penalty) => sum + (penalty ?? 0), 0),
    );
  });
});
