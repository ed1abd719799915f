import type { Plan } from "../../../domain/plan/plan.ts";
import type { RosterRow } from "./roster-rows.ts";

/** What stands in one line of the grid: the heading of a group, or an agent. */
export type GridLine =
  | {
      readonly kind: "heading";
      readonly name: string;
      readonly agents: number;
      readonly paidMinutes: number;
      readonly isClosed: boolean;
    }
  | { readonly kind: "agent"; readonly row: RosterRow };

export const groupings = ["none", "team", "skill"] as const;
export type Grouping = (typeof groupings)[number];

export const sortings = ["name", "start", "hours", "burden", "wishes", "broken"] as const;
export type Sorting = (typeof sortings)[number];

/** Which agents are shown; empty: all. */
export interface RowFilter {
  readonly search: string;
  readonly groupId: string;
  readonly team: string;
}

export const noFilter: RowFilter = { search: "", groupId: "", team: "" };

/** Figures for sorting that a row does not hold. */
export interface Burdens {
  /** Nights, weekends and late shifts of an agent, together. */
  readonly of: (agentId: string) => number;
}

/**
 * Agents that match, in order.
 * @param day the day whose shifts sort by start
 */
export function matchingRows(
  rows: readonly RosterRow[],
  plan: Plan,
  queueId: string | null,
  day: number,
  burdens: Burdens | null,
  choice: RowFilter & { readonly sorting: Sorting },
): RosterRow[] {
  const { groupId, team } = choice;
  const words = choice.search.trim().toLowerCase();
  const serving = new Set(
    plan.groups.filter(({ queueIds }) => queueId === null || queueIds.includes(queueId)).map(({ id }) => id),
  );
  return rows
    .filter(
      ({ agent }) =>
        serving.has(agent.groupId) &&
        (groupId === "" || agent.groupId === groupId) &&
        (team === "" || agent.team === team) &&
        (words === "" || agent.name.toLowerCase().includes(words) || agent.id.toLowerCase().includes(words)),
    )
    .sort(order(choice.sorting, day, burdens));
}

/** The agents under their headings. */
export function gridLines(
  shown: readonly RosterRow[],
  grouping: Grouping,
  closed: ReadonlySet<string>,
): GridLine[] {
  if (grouping === "none") return shown.map((row) => ({ kind: "agent", row }));
  const groups = new Map<string, RosterRow[]>();
  for (const row of shown) {
    const name = grouping === "team" ? row.agent.team : row.groupName;
    const list = groups.get(name);
    if (list) list.push(row);
    else groups.set(name, [row]);
  }
  return [...groups.keys()].sort(byText).flatMap((name): GridLine[] => {
    const members = groups.get(name)!;
    const isClosed = closed.has(name);
    const heading: GridLine = {
      kind: "heading",
      name,
      agents: members.length,
      paidMinutes: members.reduce((sum, { paidMinutes }) => sum + paidMinutes, 0),
      isClosed,
    };
    return isClosed ? [heading] : [heading, ...members.map((row): GridLine => ({ kind: "agent", row }))];
  });
}

function order(sorting: Sorting, day: number, burdens: Burdens | null) {
  const granted = ({ wishes, wishesGranted }: RosterRow) => (wishes === 0 ? 2 : wishesGranted / wishes);
  const start = ({ cells }: RosterRow) => cells[day]?.assignment?.shift.startMinute ?? Infinity;
  const hard = ({ cells }: RosterRow) =>
    cells.reduce((sum, { broken }) => sum + broken.filter(({ penalty }) => penalty === null).length, 0);
  const key: Record<Sorting, (row: RosterRow) => number> = {
    name: () => 0,
    start,
    hours: ({ paidMinutes }) => -paidMinutes,
    burden: ({ agent }) => -(burdens?.of(agent.id) ?? 0),
    wishes: granted,
    broken: (row) => -hard(row),
  };
  const keys = new Map<RosterRow, number>();
  const keyOf = (row: RosterRow) => {
    let value = keys.get(row);
    if (value === undefined) {
      value = key[sorting](row);
      keys.set(row, value);
    }
    return value;
  };
  return (a: RosterRow, b: RosterRow) => {
    const [first, second] = [keyOf(a), keyOf(b)];
    return first === second ? byText(a.agent.name, b.agent.name) : first - second;
  };
}

/** One collator for all: comparing by `localeCompare` makes one each time. */
const byText = new Intl.Collator().compare;
