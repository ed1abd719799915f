import { withReserves } from "../domain/plan/edit-groups.ts";
import type { Shift } from "../domain/plan/shift.ts";
import type { Reserve } from "../domain/results/simulation.ts";
import type { CountService, JudgedPlan } from "./count-service.ts";
import { missesOf, type ServiceTarget } from "./service-targets.ts";

/** A target is short of room until it stands so far above its goal: room in which shifts can become cheaper. */
const roomWanted = 0.1;

/** As a share: less is chance. */
const leastGain = 0.01;

export interface ReserveTask {
  readonly plan: JudgedPlan;
  readonly targets: readonly ServiceTarget[];
  readonly shifts: readonly Shift[];
  readonly countFor: (plan: JudgedPlan) => CountService;
  readonly firstReplication: number;
  readonly replications: number;
  /** Routings that are simulated at most. */
  readonly tries: number;
}

/**
 * Reserves with which the same shifts keep the targets with more room; null where none were found.
 *
 * Method: one reserve of a group and queue goes up or down by an agent, the same customers come again, and what gives more
 * room stays; first those that take agents from queues with room for queues without.
 */
export async function tunedReserves(task: ReserveTask): Promise<readonly Reserve[] | null> {
  const { plan, targets, shifts, countFor, firstReplication, replications } = task;
  const { queues } = plan.plan;
  const places = placesOf(plan);
  // Squares: room where little is left counts for more than room where there is some.
  const judge = async (reserves: readonly Reserve[]) => {
    const counts = await countFor(withJudgedReserves(plan, reserves))({
      shifts,
      firstReplication,
      replications,
    });
    const misses = missesOf(targets, counts, queues.length);
    const short = misses.reduce((sum, miss) => sum + Math.max(0, miss + roomWanted) ** 2, 0);
    return { reserves, misses, short };
  };
  const begun = plan.plan.simulation.routing?.reserves ?? [];
  let best = await judge(begun);
  let tries = 0;
  for (let isBetter = true; isBetter && best.short > 0; ) {
    isBetter = false;
    for (const place of inOrder(places, best.misses, task))
      for (const step of [1, -1]) {
        const reserves = steppedBy(best.reserves, place, step);
        if (reserves === null || tries++ >= task.tries) continue;
        const tried = await judge(reserves);
        if (tried.short > (1 - leastGain) * best.short) continue;
        best = tried;
        isBetter = true;
        break;
      }
  }
  return best.reserves === begun ? null : best.reserves;
}

/** What is simulated, with these agents kept free. */
export function withJudgedReserves(judged: JudgedPlan, reserves: readonly Reserve[]): JudgedPlan {
  return { ...judged, plan: withReserves(judged.plan, reserves) };
}

type Place = Pick<Reserve, "groupId" | "queueId">;

/** Wherever a group has several queues to choose between. */
function placesOf({ plan: { groups } }: JudgedPlan): Place[] {
  return groups.flatMap(({ id, queueIds, overflow = [] }) => {
    const served = [...queueIds, ...overflow.map(({ queueId }) => queueId)];
    return served.length < 2 ? [] : served.map((queueId) => ({ groupId: id, queueId }));
  });
}

/** Places first whose queue has more room than the one of the group's queues that has least. */
function inOrder(
  places: readonly Place[],
  misses: readonly number[],
  { plan, targets }: ReserveTask,
): Place[] {
  const worst = new Map<string, number>();
  for (const [k, { queue }] of targets.entries()) {
    const id = plan.plan.queues[queue].id;
    worst.set(id, Math.max(worst.get(id) ?? Number.NEGATIVE_INFINITY, misses[k]));
  }
  const missed = (queueId: string) => worst.get(queueId) ?? -1;
  const need = ({ groupId, queueId }: Place) =>
    Math.max(...places.filter((other) => other.groupId === groupId).map((other) => missed(other.queueId))) -
    missed(queueId);
  return [...places].sort((a, b) => need(b) - need(a));
}

/** One agent more or fewer kept free there; null where none is to give back. */
function steppedBy(
  reserves: readonly Reserve[],
  { groupId, queueId }: Place,
  step: number,
): Reserve[] | null {
  const isThere = (one: Reserve) => one.groupId === groupId && one.queueId === queueId;
  const keepFree = (reserves.find(isThere)?.keepFree ?? 0) + step;
  if (keepFree < 0) return null;
  const others = reserves.filter((one) => !isThere(one));
  return keepFree === 0 ? others : [...others, { groupId, queueId, keepFree }];
}
