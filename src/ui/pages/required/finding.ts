import type { TFunction } from "i18next";
import type { Span } from "../../../app/session/session.ts";
import type { IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import type { Issue } from "../../../domain/outcome.ts";
import type { QueueRequirement } from "../../../domain/results/requirement.ts";
import type { Finding } from "../../frame/finding.ts";
import { intervalText } from "../../kit/charts/axis-words.ts";
import type { Format } from "../../kit/format.ts";

/** Hours required and scheduled in the shown intervals, and when most agents are needed at once. */
export function requiredFinding(
  shown: {
    readonly queues: readonly QueueRequirement[];
    readonly grid: IntervalGrid;
    readonly range: IntervalRange;
    readonly span: Span;
  },
  t: TFunction<"required">,
  format: Format,
): Finding {
  const { queues, grid, range, span } = shown;
  const peak = requiredPeak(queues, range);
  if (peak.agents === 0) return { text: t("closed") };
  const hours = (series: (queue: QueueRequirement) => Float64Array) =>
    format.hours((agentsTogether(queues, range, series) * grid.intervalMinutes) / 60);
  return {
    text: t(`finding.${span}`, {
      hours: hours(({ requiredAgents }) => requiredAgents),
      scheduled: hours(({ scheduledAgents }) => scheduledAgents),
      time: intervalText(format, grid, peak.index),
      agents: format.number(Math.ceil(peak.agents - 1e-9)),
    }),
    opens: { view: { selection: { first: peak.index, end: peak.index + 1 } } },
  };
}

/** Why there is no requirement. */
export function troubleFinding(issues: readonly Issue[], issueText: (issue: Issue) => string): Finding {
  const errors = issues.filter(({ severity }) => severity === "error");
  return { text: errors.map(issueText).join(" "), tone: "short" };
}

/** The interval in which these queues need most agents together; the first one where none needs any. */
export function requiredPeak(
  queues: readonly QueueRequirement[],
  range: IntervalRange,
): { readonly index: number; readonly agents: number } {
  let peak = { index: range.first, agents: 0 };
  for (let index = range.first; index < range.end; index++) {
    const agents = queues.reduce((sum, { requiredAgents }) => sum + requiredAgents[index], 0);
    if (agents > peak.agents) peak = { index, agents };
  }
  return peak;
}

function agentsTogether(
  queues: readonly QueueRequirement[],
  range: IntervalRange,
  series: (queue: QueueRequirement) => Float64Array,
): number {
  let sum = 0;
  for (const queue of queues)
    for (let index = range.first; index < range.end; index++) sum += series(queue)[index];
  return sum;
}
