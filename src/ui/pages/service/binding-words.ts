import type { TFunction } from "i18next";
import type { Queue } from "../../../domain/plan/queue.ts";
import type { BindingGoal } from "../../../staffing/binding-goal.ts";
import type { Format } from "../../kit/format.ts";

/** "Chat: the occupancy limit of 88 %, not 80 % in 20 s, sets these numbers in 61 % of intervals." */
export function bindingSentence(
  queue: Queue,
  binding: { readonly goal: BindingGoal; readonly share: number },
  t: TFunction<"service">,
  format: Format,
): string {
  return t(isBesideLevel(queue, binding.goal) ? "binding.setsNot" : "binding.sets", {
    ...goalWords(queue, binding.goal, t, format),
    share: format.percent(binding.share, 0),
  });
}

/** "310 h of them are for the occupancy limit of 88 % of Chat, not for 80 % in 20 s." */
export function shortBecause(
  queue: Queue,
  binding: { readonly goal: BindingGoal; readonly hours: number },
  t: TFunction<"service">,
  format: Format,
): string {
  return t(isBesideLevel(queue, binding.goal) ? "binding.shortNot" : "binding.short", {
    ...goalWords(queue, binding.goal, t, format),
    hours: format.hours(binding.hours),
  });
}

function isBesideLevel({ goal }: Queue, binding: BindingGoal): boolean {
  return binding !== "serviceLevel" && goal.serviceLevel !== null;
}

function goalWords({ name, goal }: Queue, binding: BindingGoal, t: TFunction<"service">, format: Format) {
  const level = {
    level: format.percent(goal.serviceLevel, 0),
    seconds: format.number(goal.answerWithinSeconds),
  };
  const limit = binding === "maxOccupancy" ? goal.maxOccupancy : goal.maxAbandonment;
  const words =
    binding === "serviceLevel"
      ? level
      : binding === "maxAsaSeconds"
        ? { seconds: format.number(goal.maxAsaSeconds) }
        : { share: format.percent(limit, binding === "maxOccupancy" ? 0 : 1) };
  return { queue: name, goal: t(`binding.goal.${binding}`, words), level: t("binding.level", level) };
}
