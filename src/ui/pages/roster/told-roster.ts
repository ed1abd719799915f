import { minuteOfInstant } from "../../../domain/calendar/interval-grid.ts";
import { memoizeLast } from "../../../domain/memo.ts";
import { type PublishedRoster, personKeys, toldUntil } from "../../../domain/plan/published-roster.ts";
import type { Agent, Assignment, Roster } from "../../../domain/plan/roster.ts";

/** The roster as people know it, on the days of the present one, to be compared with it; null: not published. */
export const toldRoster = memoizeLast(
  (published: PublishedRoster | undefined, agents: readonly Agent[], grid: Roster["grid"]): Roster | null => {
    if (published === undefined) return null;
    const agentIds = new Map([...personKeys(agents)].map(([id, key]) => [key, id]));
    const assignments = [...toldUntil(published).values()].flatMap(
      ({ personKey, date, number, shift }): Assignment[] => {
        const agentId = agentIds.get(personKey);
        if (shift === null || agentId === undefined) return [];
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
