import { type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import type { PlanDocument } from "../domain/plan/plan.ts";
import { isRecord, readPlanDocument } from "./plan-document.ts";

type Parts = Record<string, unknown>;

/** What takes the place of a part of a plan of which nothing can be kept. */
const plainParts: Readonly<Record<string, unknown>> = {
  name: "?",
  currency: "EUR",
  firstDate: "2026-01-05",
  dayCount: 28,
  shrinkage: [],
  forecast: { model: "auto", holidays: null },
  requirement: { method: "stationary", wholeAgents: true },
  templates: [],
  scheduling: { solver: "auto", seconds: 10, gap: 0.01, costPerHourShort: 60, costPerHourOver: 12 },
  contracts: [],
  agents: [],
  simulation: { replications: 40, atShiftEnd: "finishContact" },
  scenarios: [],
  seed: 1,
};
const mostRepairs = 2000;

/**
 * As much of a document as holds together: whatever keeps it from opening is left out, the smallest part that holds it (an
 * entry of a list, else an optional field), or else the part of the plan is begun anew.
 *
 * Issues: `planFile.repaired` with what was left out; fails as `readPlanDocument` does where nothing is left to leave out.
 */
export function repairedDocument(value: unknown): Outcome<PlanDocument> {
  let outcome = readPlanDocument(value);
  // What has no end, or is no plan at all, cannot be copied either.
  if (outcome.ok || !isRecord(value) || outcome.issues.some(({ code }) => isHopeless(code))) return outcome;
  // A plan is plain JSON; history and results are as they are.
  const document = { ...value, plan: JSON.parse(JSON.stringify(value.plan ?? null)) as unknown };
  const leftOut: string[] = [];
  const tried = new Set<string>();
  while (!outcome.ok && leftOut.length < mostRepairs) {
    const [issue] = outcome.issues;
    const part = isRecord(document.plan) ? withoutFault(document.plan, issue, tried) : null;
    if (part === null) return outcome;
    leftOut.push(part);
    outcome = readPlanDocument(document);
  }
  if (!outcome.ok) return outcome;
  const values = { count: leftOut.length, parts: [...new Set(leftOut)].slice(0, 5).join(", ") };
  return succeed(outcome.value, [
    { code: "planFile.repaired", severity: "warning", values },
    ...outcome.issues,
  ]);
}

/** Whether nothing of a document can be made out. */
function isHopeless(code: string): boolean {
  return ["planFile.damaged", "planFile.notAPlan", "planFile.newerVersion"].includes(code);
}

/** Takes out of the plan what an issue is about; answers what that was, null where nothing helps. */
function withoutFault(plan: Parts, { code, column, values }: Issue, tried: Set<string>): string | null {
  if (code === "planFile.endlessTransfers") {
    for (const queue of plan.queues as Parts[]) delete queue.transfers;
    return "plan.queues.transfers";
  }
  const path = code === "planFile.repeatedAgent" ? ["plan", "agents"] : (column ?? "").split(".");
  const [, name] = path;
  if (name === undefined) return null;
  if (code === "planFile.repeatedId" || code === "planFile.repeatedAgent") {
    const at = path.slice(1);
    const holder = at.slice(0, -1).reduce((part, key) => part[key] as Parts, plan);
    const seen = new Set<unknown>();
    const last = at[at.length - 1];
    holder[last] = (holder[last] as Parts[]).filter(
      ({ id }) => id !== values?.id || (!seen.has(id) && seen.add(id)),
    );
    return path.join(".");
  }
  const place = path.join(".");
  const removed = tried.has(place) ? null : removedAt(plan, path.slice(1));
  tried.add(place);
  if (removed !== null) return ["plan", ...removed].join(".");
  if (!(name in plainParts) || tried.has(`plain ${name}`)) return null;
  tried.add(`plain ${name}`);
  plan[name] = JSON.parse(JSON.stringify(plainParts[name]));
  return `plan.${name}`;
}

/** Removes the innermost entry of a list on a path, or the field itself; null where there is neither. */
function removedAt(plan: Parts, path: readonly string[]): readonly string[] | null {
  const holders: unknown[] = [plan];
  for (const key of path) {
    const holder = holders[holders.length - 1];
    if (typeof holder !== "object" || holder === null || !Object.hasOwn(holder, key)) break;
    holders.push((holder as Parts)[key]);
  }
  for (let depth = holders.length - 2; depth >= 0; depth--) {
    const holder = holders[depth];
    if (!Array.isArray(holder)) continue;
    holder.splice(Number(path[depth]), 1);
    return path.slice(0, depth + 1);
  }
  const depth = holders.length - 2;
  if (depth < 1) return null;
  delete (holders[depth] as Parts)[path[depth]];
  return path.slice(0, depth + 1);
}
