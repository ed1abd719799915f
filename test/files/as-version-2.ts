interface Plan1 {
  readonly forecast: { readonly overrules: unknown };
}

/** A plan of version 1 (program 0.1.0) as it is in version 2, written by hand: overrides had another name. */
export function asVersion2(plan: Plan1): unknown {
  const { overrules, ...forecast } = plan.forecast;
  return { ...plan, schemaVersion: 2, forecast: { ...forecast, overrides: overrules } };
}
