import type { PlanResults } from "./plan.ts";

/** Before anything is made; here, since `plan.ts` brings the schema library along. */
export const noResults: PlanResults = {
  forecast: null,
  requirement: null,
  schedule: null,
  roster: null,
  simulation: null,
};
