import { dayOfInterval, type IntervalGrid } from "../../domain/calendar/interval-grid.ts";
import type { ChangeOf } from "../../domain/plan/scenario.ts";
import { windowMask } from "../measuring/time-window.ts";
import { changeVolume } from "./change-demand.ts";
import { type ScenarioInputs, withCharge } from "./scenario-inputs.ts";

/** A share of the contacts leaves for a service provider, who is paid for each. */
export function outsource(
  inputs: ScenarioInputs,
  { queueId, share, window, pricePerContact }: ChangeOf<"outsourcing">,
  place: number,
): ScenarioInputs {
  if (share === 0) return inputs;
  const forecast = changeVolume(inputs.forecast, { kind: "volume", queueId, factor: 1 - share, window });
  const mask = windowMask(forecast.grid, window);
  const outsourced = inputs.forecast.queues
    .filter((queue) => queue.queueId === queueId)
    .map(({ offered }) => ({
      queueId,
      contacts: offered.map((contacts, index) => (mask === null || mask[index] === 1 ? contacts * share : 0)),
    }));
  const perDay = contactsPerDay(inputs, queueId, (contacts) => contacts * share, mask);
  return withCharge(
    { ...inputs, forecast, outsourced: [...(inputs.outsourced ?? []), ...outsourced] },
    { kind: "vendorContacts", place: place + 1, perDay, once: 0, price: pricePerContact ?? null },
  );
}

/** What a bot leaves to be served, and its price for every contact that it takes of those that came before, settled or not. */
export function chargeBot(
  after: ScenarioInputs,
  before: ScenarioInputs,
  { queueId, share, pricePerContact }: ChangeOf<"deflection">,
  place: number,
): ScenarioInputs {
  if (share === 0) return before;
  const perDay = contactsPerDay(before, queueId, (contacts) => contacts * share, null);
  return withCharge(after, {
    kind: "bot",
    place: place + 1,
    perDay,
    once: 0,
    price: pricePerContact ?? null,
  });
}

function contactsPerDay(
  { forecast }: ScenarioInputs,
  queueId: string | null,
  of: (contacts: number) => number,
  mask: Uint8Array | null,
): Float64Array {
  const { grid } = forecast;
  const perDay = new Float64Array(grid.dayCount);
  for (const queue of forecast.queues) {
    if (queueId !== null && queue.queueId !== queueId) continue;
    for (const [index, contacts] of queue.offered.entries())
      if (mask === null || mask[index] === 1) perDay[dayOfInterval(grid, index)] += of(contacts);
  }
  return perDay;
}

/** So many a month, on each day of the grid: months of equal length. */
export function monthsPerDay({ dayCount }: IntervalGrid, many: number, fromDay = 0): Float64Array {
  return new Float64Array(dayCount).map((_, day) => (day < fromDay ? 0 : (many * 12) / 365));
}

/** Money that a scenario costs by itself. */
export function addCost(
  inputs: ScenarioInputs,
  { amount, per }: ChangeOf<"cost">,
  place: number,
): ScenarioInputs {
  const months = per === "month" ? monthsPerDay(inputs.forecast.grid, 1) : null;
  return withCharge(inputs, {
    kind: per === "month" ? "perMonth" : "oneOff",
    place: place + 1,
    perDay: months,
    once: months === null ? 1 : 0,
    price: amount ?? null,
  });
}
