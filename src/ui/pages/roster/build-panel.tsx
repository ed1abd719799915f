import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { proposeMovedShifts } from "../../../app/running/roster-jobs.ts";
import { fieldsOf } from "../../../domain/number-limits.ts";
import type { Roster, RosterJudgement } from "../../../domain/plan/roster.ts";
import { rosteringSettingsSchema } from "../../../domain/plan/roster.ts";
import { stageFreshness } from "../../../stages/freshness.ts";
import { GoalsKept } from "../../frame/goals-kept.tsx";
import { Inherited, RunStage } from "../../frame/page.tsx";
import { useDesk, usePlan, useResult, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { sharesOf } from "./roster-answers.ts";
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
      {roster.judgement && <MovedShifts judgement={roster.judgement} />}
    </section>
  );
}

/** What moving shifts has done for the goals. */
function MovedShifts({ judgement }: { readonly judgement: RosterJudgement }) {
  const { t } = useTranslation("roster");
  const format = useFormat();
  const missed = (goals: RosterJudgement["goals"]) =>
    format.number(goals.filter(({ missedBy }) => missedBy > judgement.keptWithin).length);
  return (
    <div className="moved-shifts">
      <p>
        {t("moveShifts.result", {
          count: judgement.moved,
          before: missed(judgement.before),
          now: missed(judgement.goals),
        })}
      </p>
      <GoalsKept
        judgement={judgement}
        before={judgement.before}
        headings={{ now: t("moveShifts.now"), before: t("moveShifts.before") }}
      />
    </div>
  );
}

/** Moves shifts of the roster there is, by what the simulation says. */
function MoveShiftsControls() {
  const { t } = useTranslation("roster");
  const desk = useDesk();
  const { scheduling } = usePlan();
  const isBusy = useSession(
    (state) =>
      state.proposals.roster !== null || state.jobs.some(({ id }) => ["moveShifts", "roster"].includes(id)),
  );
  const isFresh = useSession((state) => stageFreshness("roster", state.document) === "fresh");
  return (
    <ControlGroup title={t("moveShifts.title")}>
      <Button
        disabled={isBusy || !isFresh}
        onClick={() =>
          void proposeMovedShifts(desk, scheduling.keepGoals ?? { span: "day", confidence: null })
        }
      >
        {t("moveShifts.run")}
      </Button>
      <p className="field-hint">{t(isFresh ? "moveShifts.hint" : "moveShifts.stale")}</p>
    </ControlGroup>
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
  const document = useSession((state) => state.document);
  const shares = roster ? sharesOf(document, roster) : [];
  const wishes = shares.reduce((sum, share) => sum + share.wishes, 0);
  const granted = shares.reduce((sum, share) => sum + share.wishesGranted, 0);
  return (
    <>
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
        {roster && (
          <dl className="figure-list">
            <dt>{t("figure.open")}</dt>
            <dd>{format.number(roster.unassigned.length)}</dd>
            <dt>{t("figure.hard")}</dt>
            <dd>{format.number(roster.violations.filter(({ penalty }) => penalty === null).length)}</dd>
            <dt>{t("figure.wishes")}</dt>
            <dd>{wishes === 0 ? "—" : `${granted}/${wishes} · ${format.percent(granted / wishes, 0)}`}</dd>
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
      {roster && <MoveShiftsControls />}
    </>
  );
}
