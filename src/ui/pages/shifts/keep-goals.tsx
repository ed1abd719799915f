import { useState } from "react";
import { useTranslation } from "react-i18next";
import { proposeKeptGoals, type RoundFigures } from "../../../app/running/schedule-jobs.ts";
import { limitsOf } from "../../../domain/number-limits.ts";
import { keepGoalsSchema } from "../../../domain/plan/scheduling-settings.ts";
import type { GoalSpan } from "../../../domain/plan/shift.ts";
import { RunStage } from "../../frame/page.tsx";
import { useDesk, usePlan, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { Switch } from "../../kit/controls/switch.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { useScheduling } from "./use-scheduling.ts";

const spans: readonly GoalSpan[] = ["interval", "day", "period"];
const confidenceLimits = limitsOf(keepGoalsSchema.shape.confidence.unwrap(), "confidence");

/** What Optimise is to do: cover the requirement, or keep the goals in the simulation; and the button that does it. */
export function OptimiseControls() {
  const { t } = useTranslation("shifts");
  const { scheduling, groups } = usePlan();
  const change = useScheduling();
  const { keepGoals } = scheduling;
  return (
    <>
      <SelectField
        label={t("goals.mode")}
        value={keepGoals === undefined ? "requirement" : "simulation"}
        options={[
          { value: "requirement", name: t("goals.cover") },
          { value: "simulation", name: t("goals.keep") },
        ]}
        hint={t(keepGoals === undefined ? "goals.coverHint" : "goals.keepHint")}
        onChange={(mode) =>
          change("keepGoals", {
            keepGoals: mode === "simulation" ? { span: "day", confidence: null } : undefined,
          })
        }
      />
      {keepGoals !== undefined && (
        <>
          <SelectField
            label={t("goals.span")}
            value={keepGoals.span}
            options={spans.map((value) => ({ value, name: t(`goals.spans.${value}`) }))}
            onChange={(span) =>
              change("keepGoals", {
                keepGoals: { ...keepGoals, span, confidence: span === "day" ? keepGoals.confidence : null },
              })
            }
          />
          {keepGoals.span === "day" && (
            <NumberField
              {...confidenceLimits}
              optional
              label={t("goals.confidence")}
              hint={t("goals.confidenceHint")}
              placeholder={t("goals.average")}
              value={keepGoals.confidence}
              onChange={(confidence) => change("keepGoals", { keepGoals: { ...keepGoals, confidence } })}
            />
          )}
          {groups.some(({ queueIds, overflow = [] }) => queueIds.length + overflow.length > 1) && (
            <>
              <Switch
                label={t("goals.reserves")}
                checked={keepGoals.reservesMayChange === true}
                onChange={(reservesMayChange) =>
                  change("keepGoals", { keepGoals: { ...keepGoals, reservesMayChange } })
                }
              />
              <p className="field-hint">{t("goals.reservesHint")}</p>
            </>
          )}
        </>
      )}
      {keepGoals === undefined ? (
        <RunStage stage="schedule" label={t("optimise")} propose />
      ) : (
        <KeepGoalsButton terms={keepGoals} />
      )}
    </>
  );
}

function KeepGoalsButton({ terms }: { readonly terms: Parameters<typeof proposeKeptGoals>[1] }) {
  const { t } = useTranslation("shifts");
  const desk = useDesk();
  const running = useSession((state) => state.jobs.some(({ id }) => id === "keepGoals" || id === "schedule"));
  const [rounds, setRounds] = useState<readonly RoundFigures[]>([]);
  const run = () => {
    setRounds([]);
    void proposeKeptGoals(desk, terms, (round) => setRounds((before) => [...before, round]));
  };
  return (
    <>
      <Button look="primary" disabled={running} onClick={run}>
        {t("optimise")}
      </Button>
      {running && <RoundsSoFar rounds={rounds} />}
    </>
  );
}

/** Cost of the best shifts so far, round by round. */
function RoundsSoFar({ rounds }: { readonly rounds: readonly RoundFigures[] }) {
  const { t } = useTranslation("shifts");
  const format = useFormat();
  const { currency } = usePlan();
  const last = rounds.at(-1);
  if (last === undefined) return <p className="field-hint">{t("goals.starting")}</p>;
  const text =
    last.cost === null
      ? t("goals.noneYet", { round: last.completed, total: last.total ?? 0 })
      : t("goals.bestSoFar", {
          round: last.completed,
          total: last.total ?? 0,
          cost: format.money(last.cost, currency),
        });
  return (
    <p className="field-hint" aria-live="polite">
      {text}
    </p>
  );
}
