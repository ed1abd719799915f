import { type IntervalGrid, intervalCount } from "../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../domain/calendar/ranges.ts";
import { stretchOf } from "../../domain/plan/edit-overrides.ts";
import type { ForecastOverride } from "../../domain/plan/forecast-settings.ts";
import type { Change, TimeWindow } from "../../domain/plan/scenario.ts";
import type { DemandForecast } from "../../domain/results/demand.ts";
import { campaignFactors } from "../changes/campaign.ts";
import { surgeContacts, volumeOfResolution } from "../changes/change-demand.ts";
import { windowMask } from "../measuring/time-window.ts";

type Override = Omit<ForecastOverride, "id" | "reason">;

/**
 * A change of contacts or handle times as overrides of a forecast, one for each queue and each stretch without a gap;
 * a surge has one for each of its intervals, a campaign one for each of its days. Empty for every other kind of change.
 */
export function overridesOf(forecast: DemandForecast, change: Change): Override[] {
  switch (change.kind) {
    case "volume":
      return everywhere(forecast, change, { what: "offered", kind: "scale", value: change.factor });
    case "resolution":
      return overridesOf(forecast, volumeOfResolution(change));
    case "aht":
      return everywhere(forecast, change, { what: "aht", kind: "scale", value: change.factor });
    case "afterContactWork":
      return everywhere(
        forecast,
        { ...change, window: null },
        { what: "aht", kind: "add", value: -change.seconds },
      );
    case "surge":
      return forecast.queues.flatMap((queue) => {
        if (queue.queueId !== change.queueId) return [];
        return [...surgeContacts(forecast.grid, queue, change)].flatMap((value, first): Override[] => {
          if (value === 0) return [];
          const stretch = stretchOf(forecast.grid, { first, end: first + 1 });
          return [{ queueId: queue.queueId, ...stretch, what: "offered", kind: "add", value }];
        });
      });
    case "campaign":
      return forecast.queues.flatMap((queue) => {
        if (queue.queueId !== change.queueId || change.contacts === 0) return [];
        const { grid } = forecast;
        return [...campaignFactors(grid, queue, change)].flatMap((value, day): Override[] => {
          if (value === 1) return [];
          const stretch = stretchOf(grid, { first: grid.dayOffsets[day], end: grid.dayOffsets[day + 1] });
          return [{ queueId: queue.queueId, ...stretch, what: "offered", kind: "scale", value }];
        });
      });
    default:
      return [];
  }
}

function everywhere(
  { grid, queues }: DemandForecast,
  where: { readonly queueId: string | null; readonly window: TimeWindow | null },
  edit: Pick<Override, "what" | "kind" | "value">,
): Override[] {
  if (edit.value === (edit.kind === "scale" ? 1 : 0)) return [];
  const stretches = stretchesOf(grid, windowMask(grid, where.window));
  return queues
    .filter(({ queueId }) => where.queueId === null || queueId === where.queueId)
    .flatMap(({ queueId }) =>
      stretches.map((stretch) => ({ queueId, ...stretchOf(grid, stretch), ...edit })),
    );
}

/** Half-open runs of ones, over midnight where they go on there; null: all of the grid. */
function stretchesOf(grid: IntervalGrid, mask: Uint8Array | null): IntervalRange[] {
  const count = intervalCount(grid);
  if (mask === null) return [{ first: 0, end: count }];
  const stretches: IntervalRange[] = [];
  for (let first = mask.indexOf(1); first >= 0; ) {
    const gap = mask.indexOf(0, first);
    const end = gap < 0 ? count : gap;
    stretches.push({ first, end });
    first = mask.indexOf(1, end);
  }
  return stretches;
}
