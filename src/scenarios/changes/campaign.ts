import { daysBetween } from "../../domain/calendar/clock.ts";
import { dateOfDay, type IntervalGrid } from "../../domain/calendar/interval-grid.ts";
import type { ChangeOf } from "../../domain/plan/scenario.ts";
import type { DemandForecast, QueueForecast } from "../../domain/results/demand.ts";
import { exp, pow } from "../../numerics/elementary.ts";

type Campaign = ChangeOf<"campaign">;

/** After so many days nothing of a campaign or its echo is left. */
const longestDays = 366;

/**
 * Share of a campaign's own contacts that comes on day 0, 1, 2 …: rising evenly to the peak, then halving every
 * `halfLifeDays`. They sum to one, without the echo.
 */
export function campaignCurve({ peakDays, halfLifeDays }: Pick<Campaign, "peakDays" | "halfLifeDays">) {
  const weights = Array.from({ length: longestDays }, (_, day) =>
    day <= peakDays ? (day + 1) / (peakDays + 1) : pow(0.5, (day - peakDays) / halfLifeDays),
  );
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

/** The same with those who come again: of each day's contacts `echoShare`, later by an exponential of mean `echoDays`. */
export function curveWithEcho(
  campaign: Pick<Campaign, "peakDays" | "halfLifeDays" | "echoShare" | "echoDays">,
) {
  const curve = campaignCurve(campaign);
  const { echoShare, echoDays } = campaign;
  if (echoShare === 0) return curve;
  const withEcho = [...curve];
  const staying = exp(-1 / echoDays);
  let owed = 0;
  for (const [day, share] of curve.entries()) {
    withEcho[day] += owed * (1 - staying);
    owed = owed * staying + share * echoShare;
  }
  return withEcho;
}

/** Share of a campaign's contacts, echo included, that come on the grid's days. */
export function campaignInside(grid: IntervalGrid, campaign: Campaign): number {
  const curve = curveWithEcho(campaign);
  const first = daysBetween(campaign.date, grid.firstDate);
  const sum = (list: readonly number[]) => list.reduce((all, share) => all + share, 0);
  return sum(curve.slice(Math.max(0, first), Math.max(0, first + grid.dayCount))) / sum(curve);
}

/** By how much each day's contacts of a queue are multiplied; days on which nobody comes stay as they are. */
export function campaignFactors(grid: IntervalGrid, queue: QueueForecast, campaign: Campaign): Float64Array {
  const curve = curveWithEcho(campaign);
  const factors = new Float64Array(grid.dayCount).fill(1);
  let waiting = 0;
  for (let day = 0; day < grid.dayCount; day++) {
    const at = daysBetween(campaign.date, dateOfDay(grid, day));
    const coming = at < 0 ? 0 : campaign.contacts * (curve[at] ?? 0);
    let usual = 0;
    for (let index = grid.dayOffsets[day]; index < grid.dayOffsets[day + 1]; index++)
      usual += queue.offered[index];
    // Who finds the queue closed comes on the next day that it is open.
    if (usual === 0) waiting += coming;
    else {
      factors[day] = 1 + (coming + waiting) / usual;
      waiting = 0;
    }
  }
  return factors;
}

/** A campaign multiplies the days it reaches; mean and bands alike. */
export function addCampaign(forecast: DemandForecast, campaign: Campaign): DemandForecast {
  if (campaign.contacts === 0) return forecast;
  const { grid } = forecast;
  return {
    grid,
    queues: forecast.queues.map((queue) => {
      if (queue.queueId !== campaign.queueId) return queue;
      const factors = campaignFactors(grid, queue, campaign);
      const scaled = (series: Float64Array) => {
        const copy = series.slice();
        for (let day = 0; day < grid.dayCount; day++) {
          if (factors[day] === 1) continue;
          for (let index = grid.dayOffsets[day]; index < grid.dayOffsets[day + 1]; index++)
            copy[index] *= factors[day];
        }
        return copy;
      };
      return {
        ...queue,
        offered: scaled(queue.offered),
        offeredLower80: scaled(queue.offeredLower80),
        offeredUpper80: scaled(queue.offeredUpper80),
        offeredLower95: scaled(queue.offeredLower95),
        offeredUpper95: scaled(queue.offeredUpper95),
      };
    }),
  };
}
