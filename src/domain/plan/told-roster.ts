import { minuteOfInstant } from "../calendar/interval-grid.ts";
import { memoizeLast } from "../memo.ts";
import { datesOfGrid, isPublished, type PublishedRoster, personKeys, toldUntil } from "./published-roster.ts";
import type { Agent, Assignment, Roster } from "./roster.ts";

/**
 * The roster as people knew it after a version (default: the last), on the days of the present one, to be held against it or
 * against what they did; null: these days were not published by then.
 */
export const toldRoster = memoizeLast(
  (
    published: PublishedRoster | undefined,
    agents: readonly Agent[],
    grid: Roster["grid"],
    version?: number,
  ): Roster | null => {
    if (published === undefined || !isPublished(published, grid, version)) return null;
    const [first, last] = datesOfGrid(grid);
    const agentIds = new Map([...personKeys(agents)].map(([id, key]) => [key, id]));
    const assignments = [...toldUntil(published, version).values()].flatMap(
      ({ personKey, date, number, shift }): Assignment[] => {
        const agentId = agentIds.get(personKey);
        if (shift === null || agentId === undefined || date < first || date > last) return [];
        const startMinute = minuteOfInstant(grid, Date.parse(shift.start) / 1000);
        return [
          {
            agentId,
            pinned: false,
            shift: {
              id: `${date} ${number}`,
              templateId: shift.templateId,
              groupId: "",
              date,
              startMinute,
              endMinute: minuteOfInstant(grid, Date.parse(shift.end) / 1000),
              activities: shift.activities.map((activity) => ({
                ...activity,
                startMinute: startMinute + activity.startMinute,
                endMinute: startMinute + activity.endMinute,
              })),
              pinned: false,
            },
          },
        ];
      },
    );
    return {
      grid,
      assignments,
      unassigned: [],
      violations: [],
      status: "optimal",
      objective: 0,
      bound: null,
      seconds: null,
    };
  },
);
