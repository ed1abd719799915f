import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { addDays } from "../../../domain/calendar/clock.ts";
import { fieldsOf } from "../../../domain/number-limits.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { Roster } from "../../../domain/plan/roster.ts";
import { rosteringSettingsSchema } from "../../../domain/plan/roster.ts";
import { Inherited, RunStage } from "../../frame/page.tsx";
import { useDesk, usePlan, useResult } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { rowMaker } from "./roster-rows.ts";

const fields = fieldsOf(rosteringSettingsSchema);

/** A proposed roster beside the one it would replace: how much differs, and the choice. */
export function ProposalBar({ roster, before }: { readonly roster: Roster; readonly before: Roster | null }) {
  const { t } = useTranslation(["roster", "frame"]);
  const { runs } = useDesk();
  const format = useFormat();
  const plan = usePlan();
  const changed = useMemo(
    () =>
      before === null
        ? roster.assignments.length
        : rowMaker()(plan, roster, before).reduce(
            (sum, { cells }) => sum + cells.filter(({ isChanged }) => isChanged).length,
            0,
          ),
    [plan, roster, before],
  );
  const open = roster.unassigned.length - (before?.unassigned.length ?? 0);
  return (
    <section className="proposal-bar" aria-label={t("roster:proposal.label")}>
      <p>
        {t("roster:proposal.text", {
          count: changed,
          price: format.signed(Math.round(roster.objective - (before?.objective ?? 0))),
          open: format.signed(open),
        })}
      </p>
      <Button look="primary" onClick={() => runs.accept("roster")}>
        {t("frame:proposal.accept")}
      </Button>
      <Button onClick={() => runs.discard("roster")}>{t("frame:proposal.discard")}</Button>
    </section>
  );
}

/** Builds the roster, and says what it came to. */
export function BuildControls({
  roster,
  before,
}: {
  readonly roster: Roster | null;
  readonly before: Roster | null;
}) {
  const { t } = useTranslation("roster");
  const { store } = useDesk();
  const format = useFormat();
  const plan = usePlan();
  const schedule = useResult("schedule");
  const pinned = roster?.assignments.filter((assignment) => assignment.pinned).length ?? 0;
  const figures = roster && wishFigures(plan, roster);
  return (
    <ControlGroup title={t("build")}>
      <RunStage
        stage="roster"
        label={t(pinned > 0 ? "resolveRest" : roster ? "rebuild" : "build")}
        propose={roster !== null}
      />
      {pinned > 0 && <p className="inherited">{t("pinnedKept", { count: pinned })}</p>}
      {roster && (
        <NumberField
          {...fields.changePrice}
          label={t("changePrice.label")}
          value={plan.rostering?.changePrice ?? 0}
          hint={t("changePrice.hint")}
          onChange={(value) =>
            store.edit("roster:edit.changePrice", (before) => ({
              ...before,
              rostering: { ...before.rostering, changePrice: value },
            }))
          }
        />
      )}
      {schedule && (
        <Inherited from="schedule" page="shifts">
          {t("inherited", { count: schedule.value.shifts.length })}
        </Inherited>
      )}
      {roster && figures && (
        <dl className="figure-list">
          <dt>{t("figure.open")}</dt>
          <dd>{format.number(roster.unassigned.length)}</dd>
          <dt>{t("figure.hard")}</dt>
          <dd>{format.number(roster.violations.filter(({ penalty }) => penalty === null).length)}</dd>
          <dt>{t("figure.wishes")}</dt>
          <dd>
            {figures.wishes === 0
              ? "—"
              : `${figures.granted}/${figures.wishes} · ${format.percent(figures.granted / figures.wishes, 0)}`}
          </dd>
          <dt>{t("figure.price")}</dt>
          <dd>{format.number(roster.objective)}</dd>
          {before && (
            <>
              <dt>{t("figure.before")}</dt>
              <dd>{format.number(before.objective)}</dd>
            </>
          )}
          <dt title={t("figure.boundHint")}>{t("figure.bound")}</dt>
          <dd>{roster.bound === null ? "—" : format.number(roster.bound)}</dd>
        </dl>
      )}
    </ControlGroup>
  );
}

function wishFigures(plan: Plan, roster: Roster): { wishes: number; granted: number } {
  const last = addDays(roster.grid.firstDate, roster.grid.dayCount - 1);
  const wishes = plan.agents.reduce(
    (sum, agent) =>
      sum + agent.wishes.filter(({ date }) => date >= roster.grid.firstDate && date <= last).length,
    0,
  );
  const refused = roster.violations.filter(
    ({ rule }) => rule === "shiftOnWish" || rule === "shiftOffWish",
  ).length;
  return { wishes, granted: wishes - refused };
}
