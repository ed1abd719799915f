import { useTranslation } from "react-i18next";
import type { Issue } from "../../../domain/outcome.ts";
import { usePlan, useSession } from "../../frame/session-context.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { useFormat } from "../../kit/use-format.ts";
import type { RosterPlace } from "./roster-edits.ts";

const noIssues: readonly Issue[] = [];

/**
 * Where the last run found rules that nobody could meet at once: who, which rules, on which days, and what each of them
 * would have to become. Any one of the remedies is enough, since a conflict holds nothing superfluous.
 */
export function ConflictPanel(props: { readonly onOpen: (place: Partial<RosterPlace>) => void }) {
  const { t } = useTranslation("roster");
  const format = useFormat();
  const plan = usePlan();
  const issues = useSession((state) => state.issues.roster ?? noIssues);
  const conflicts = issues.filter(({ code }) => code === "roster.conflict");
  if (conflicts.length === 0) return null;
  return (
    <ControlGroup
      title={t("conflict.title", { count: new Set(conflicts.map(({ values }) => values?.agent)).size })}
    >
      <ul className="conflict-list" aria-label={t("conflict.label")}>
        {conflicts.map(({ values = {} }, index) => {
          const rules = listed(values.rules);
          const days = listed(values.days);
          const agent = plan.agents.find(({ name }) => name === values.agent);
          return (
            <li key={`${values.agent} ${index}`}>
              <button
                type="button"
                className="link-button"
                onClick={() => props.onOpen({ agentId: agent?.id, date: days[0] })}
              >
                {String(values.agent)}
              </button>
              <p>
                {t("conflict.together", { rules: format.list(rules.map((rule) => t(`rule.${rule}`))) })}
                {days.length > 0 &&
                  ` ${t("conflict.days", { days: format.list(days.map((day) => format.date(day))) })}`}
              </p>
              <p>{t("conflict.free")}</p>
              <ul>
                {rules.map((rule) => (
                  <li key={rule}>
                    {t(`remedy.${rule}`, { defaultValue: t(`rule.${rule}`) })}
                    {rule === values.dropped ? ` (${t("conflict.dropped")})` : ""}
                  </li>
                ))}
              </ul>
            </li>
          );
        })}
      </ul>
    </ControlGroup>
  );
}

function listed(value: unknown): string[] {
  return String(value ?? "")
    .split(", ")
    .filter((part) => part !== "");
}
