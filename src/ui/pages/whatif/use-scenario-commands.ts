import { useTranslation } from "react-i18next";
import type { LocalDate } from "../../../domain/calendar/clock.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { Change, Scenario } from "../../../domain/plan/scenario.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { changeForms } from "./change-forms.ts";
import { changesWords } from "./change-words.ts";
import { withScenario } from "./scenario-exchange.ts";
import { freeId, scenariosOfTemplate, withCopy, withoutAdoption } from "./scenario-list.ts";
import { firstDateOf } from "./scenario-templates.ts";

/** What a person does with the plan's scenarios, each an edit that can be undone; what was made is shown. */
export interface ScenarioCommands {
  readonly add: (name: string, changes: readonly Change[]) => void;
  readonly addEmpty: () => void;
  /** Keeps what the levers make, named by its changes. */
  readonly keep: (live: Scenario) => void;
  readonly addFromTemplate: (templateId: string, date: LocalDate) => void;
  readonly open: (scenario: Scenario) => void;
  readonly change: (scenario: Scenario) => void;
  /** Adds a cost to a scenario, to be filled in; null where there is none. */
  readonly adderOfCost: (scenario: Scenario | undefined) => (() => void) | null;
  readonly duplicate: (id: string) => void;
  readonly remove: (id: string) => void;
  /** Compares a scenario again that was set aside, since its changes are in the plan. */
  readonly compareAgain: (id: string) => void;
}

export function useScenarioCommands(show: (scenarioId: string) => void): ScenarioCommands {
  const { t } = useTranslation("whatif");
  const format = useFormat();
  const { store } = useDesk();
  const plan = usePlan();
  function edit(label: string, change: (before: Plan["scenarios"]) => Plan["scenarios"], merge?: string) {
    store.edit(label, (before) => ({ ...before, scenarios: change(before.scenarios) }), merge);
  }
  function append(label: string, added: readonly Scenario[]): void {
    const last = added.at(-1);
    if (last === undefined) return;
    edit(label, (before) => [...before, ...added]);
    show(last.id);
  }
  function add(name: string, changes: readonly Change[]): void {
    append("whatif:edit.add", [{ id: freeId(plan.scenarios), name, changes: [...changes] }]);
  }
  const change = (scenario: Scenario) =>
    edit(
      "whatif:edit.change",
      (before) => before.map((other) => (other.id === scenario.id ? scenario : other)),
      `scenario.${scenario.id}`,
    );
  return {
    add,
    change,
    adderOfCost: (scenario) =>
      scenario === undefined
        ? null
        : () => change({ ...scenario, changes: [...scenario.changes, changeForms.cost.fresh(plan)] }),
    addEmpty: () => add(t("newName", { number: plan.scenarios.length + 1 }), []),
    keep: (live) =>
      append("whatif:edit.keep", [
        { ...live, id: freeId(plan.scenarios), name: changesWords(t, format, plan, live.changes) },
      ]),
    addFromTemplate(templateId, date) {
      const added = scenariosOfTemplate(plan, templateId, date, (key) => t(`templateName.${key}`));
      append("whatif:edit.add", added);
      // What happens on one day is looked at on that day.
      const shown = firstDateOf(added.at(-1)?.changes ?? []);
      if (shown !== null) store.setView({ date: shown, span: "day", selection: null });
    },
    open(scenario) {
      edit("whatif:edit.open", (before) => withScenario(before, scenario));
      show(scenario.id);
    },
    duplicate(id) {
      const name = plan.scenarios.find((scenario) => scenario.id === id)?.name ?? "";
      const copy = { id: freeId(plan.scenarios), name: t("copyName", { name }) };
      edit("whatif:edit.add", (before) => withCopy(before, id, copy));
      show(copy.id);
    },
    compareAgain(id) {
      edit("whatif:edit.again", (before) =>
        before.map((scenario) => (scenario.id === id ? withoutAdoption(scenario) : scenario)),
      );
      show(id);
    },
    remove: (id) => edit("whatif:edit.remove", (before) => before.filter((scenario) => scenario.id !== id)),
  };
}
