import type { TFunction } from "i18next";
import type { Weekday } from "../../../domain/calendar/clock.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { Change, ChangeKind, TimeWindow } from "../../../domain/plan/scenario.ts";
import type { Format } from "../../kit/format.ts";
import { type ChangeField, changeForms, changeLimits } from "./change-forms.ts";

/**
 * A change in words, as it stands at the top of a scenario's column: "+20 % contacts, Voice, Mon 09:00–12:00". The
 * catalogue names the fields of the change's form; `words.<kind>None` is what it says where an optional one is empty.
 */
export function changeWords(t: TFunction<"whatif">, format: Format, plan: Plan, change: Change): string {
  const { fields } = changeForms[change.kind];
  const value = (field: ChangeField) => (change as unknown as Record<string, unknown>)[field.key];
  const empty = fields.some((field) => field.kind === "number" && value(field) == null);
  const values = Object.fromEntries(
    fields.flatMap((field) =>
      field.kind === "window"
        ? []
        : [[field.key, fieldWords(t, format, plan, change.kind, field, value(field))]],
    ),
  );
  const window = "window" in change ? windowWords(format, change.window) : "";
  const further = change.kind === "hire" ? learningWords(t, format, change) : [];
  return joined(format, [t(`words.${change.kind}${empty ? "None" : ""}`, values), ...further, window]);
}

/** How long new people train, and how slow they then are until they are up to speed. */
function learningWords(
  t: TFunction<"whatif">,
  format: Format,
  { trainingWeeks, startingPace, learningWeeks }: Extract<Change, { kind: "hire" }>,
): string[] {
  return [
    trainingWeeks > 0 ? t("words.hireTraining", { count: trainingWeeks }) : t("words.hireNoTraining"),
    ...(startingPace > 1 && learningWeeks > 0
      ? [t("words.hireLearning", { count: learningWeeks, pace: format.signedPercent(startingPace - 1) })]
      : []),
  ];
}

/** As many decimals as a number has, up to two: "1,000 contacts", "2.5 days". */
export function digitsOf(value: number, most = 2): number {
  for (let digits = 0; digits < most; digits++)
    if (Math.abs(value * 10 ** digits - Math.round(value * 10 ** digits)) < 1e-6) return digits;
  return most;
}

/** The changes of a scenario in words, one after the other. */
export function changesWords(
  t: TFunction<"whatif">,
  format: Format,
  plan: Plan,
  changes: readonly Change[],
): string {
  return changes.map((change) => changeWords(t, format, plan, change)).join("; ");
}

function fieldWords(
  t: TFunction<"whatif">,
  format: Format,
  plan: Plan,
  kind: ChangeKind,
  field: ChangeField,
  value: unknown,
): string {
  const named = (list: readonly { readonly id: string; readonly name: string }[], all: string) =>
    value === null ? all : (list.find(({ id }) => id === value)?.name ?? String(value));
  switch (field.kind) {
    case "factor":
      return format.signedPercent((value as number) - 1);
    case "money":
      return value == null ? t("words.noPrice") : format.money(value as number, plan.currency, 2);
    case "signed":
      return format.signed(value as number);
    case "number": {
      if (value == null) return "";
      const limits = changeLimits(kind)[field.key];
      if (limits.kind === "share") return format.percent(value as number, 0);
      if (limits.unit === "seconds") return format.wait(value as number);
      return format.number(value as number, digitsOf(value as number));
    }
    case "date":
      return format.date(value as string);
    case "optionalDate":
      return value === null ? t("words.fromStart") : format.date(value as string);
    case "contract":
      return named(plan.contracts, t("words.fortyHours"));
    case "clock":
      return format.time(value as number);
    case "choice":
      return t(`choice.${value}`);
    case "queue":
      return named(plan.queues, t("words.allQueues"));
    case "group":
      return named(plan.groups, t("words.allGroups"));
    case "item":
      return named(plan.shrinkage, t("words.allShrinkage"));
    case "template":
      return named(plan.templates, "");
    case "window":
      return "";
  }
}

function joined(format: Format, parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(format.locale.startsWith("zh") ? "，" : ", ");
}

/** `2–6 Nov Mon Tue 09:00–12:00`, as much of it as the window says. */
function windowWords(format: Format, window: TimeWindow | null): string {
  if (window === null) return "";
  const parts: string[] = [];
  const { fromDate, toDate, weekdays, fromMinute, toMinute } = window;
  if (fromDate !== null && toDate !== null) parts.push(format.dateRange(fromDate, toDate));
  else if (fromDate !== null) parts.push(`${format.date(fromDate)} –`);
  else if (toDate !== null) parts.push(`– ${format.date(toDate)}`);
  if (weekdays !== null) parts.push(weekdays.map((day) => format.weekday(day as Weekday)).join(" "));
  if (fromMinute !== null || toMinute !== null) {
    parts.push(`${format.time(fromMinute ?? 0)}–${format.time(toMinute ?? 1440)}`);
  }
  return parts.join(" ");
}
