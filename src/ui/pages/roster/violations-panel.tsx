import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Roster, Violation } from "../../../domain/plan/roster.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { useFormat } from "../../kit/use-format.ts";
import type { RosterPlace } from "./roster-edits.ts";

const shownPerRule = 60;

/** Broken rules, hard ones first, then by price. A press leads to the place. */
export function ViolationsPanel(props: {
  readonly roster: Roster;
  readonly onOpen: (place: Partial<RosterPlace>) => void;
}) {
  const { t } = useTranslation("roster");
  const plan = usePlan();
  const format = useFormat();
  const { violations } = props.roster;
  const names = useMemo(() => new Map(plan.agents.map(({ id, name }) => [id, name])), [plan.agents]);
  const templateNames = useMemo(
    () => new Map(plan.templates.map(({ id, name }) => [id, name])),
    [plan.templates],
  );
  const sorted = useMemo(() => worstFirst(violations).slice(0, shownPerRule), [violations]);
  const hard = violations.filter(({ penalty }) => penalty === null).length;
  return (
    <ControlGroup
      title={t("violations.title", {
        hard: format.number(hard),
        soft: format.number(violations.length - hard),
      })}
    >
      {violations.length === 0 ? (
        <p>{t("violations.none")}</p>
      ) : (
        <ul className="violation-list" aria-label={t("violations.label")}>
          {sorted.map(({ rule, agentId, date, penalty, priorShift }, index) => (
            <li key={`${rule} ${agentId} ${date} ${index}`}>
              <button
                type="button"
                className={penalty === null ? "violation-open is-hard" : "violation-open"}
                onClick={() => props.onOpen({ agentId: agentId ?? undefined, date: date ?? undefined })}
              >
                <strong>{t(`rule.${rule}`)}</strong>
                <span>{penalty === null ? t("violations.hard") : format.number(penalty)}</span>
                <small>
                  {[
                    agentId === null ? "" : (names.get(agentId) ?? agentId),
                    date === null ? "" : format.date(date),
                    priorShift === undefined
                      ? ""
                      : t("violations.priorShift", {
                          date: format.date(priorShift.date),
                          template: templateNames.get(priorShift.templateId) ?? priorShift.templateId,
                        }),
                  ]
                    .filter((part) => part !== "")
                    .join(", ")}
                </small>
              </button>
            </li>
          ))}
        </ul>
      )}
      {violations.length > shownPerRule && (
        <p className="inherited">{t("violations.more", { count: violations.length - shownPerRule })}</p>
      )}
    </ControlGroup>
  );
}

function worstFirst(violations: readonly Violation[]): Violation[] {
  return [...violations].sort((a, b) => (b.penalty ?? Infinity) - (a.penalty ?? Infinity) || 0);
}
