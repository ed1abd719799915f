import { useTranslation } from "react-i18next";
import { fieldsOf } from "../../../domain/number-limits.ts";
import { type LeaveAllowance, leaveAllowanceSchema, noLeave } from "../../../domain/plan/leave.ts";
import { leaveBalance } from "../../../domain/plan/leave-balance.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import { useDesk, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { Switch } from "../../kit/controls/switch.tsx";
import { useFormat } from "../../kit/use-format.ts";

const limits = fieldsOf(leaveAllowanceSchema);

/** What one person has of holiday this year, and what is left of it. */
export function AllowanceControls({ agentId, year }: { readonly agentId: string; readonly year: number }) {
  const { t } = useTranslation("leave");
  const format = useFormat();
  const { store } = useDesk();
  const document = useSession((state) => state.document);
  const balance = leaveBalance(document, agentId, year);
  const entries = document.plan.leave?.allowances ?? [];
  const entry = [...entries]
    .filter((one) => one.agentId === agentId && one.year <= year)
    .sort((a, b) => b.year - a.year)[0];
  const carriedOverDays = entry?.year === year ? entry.carriedOverDays : 0;
  const days = (value: number | null) => format.number(value, value !== null && value % 1 !== 0 ? 1 : 0);
  function change(next: Partial<Pick<LeaveAllowance, "daysPerYear" | "carriedOverDays">>): void {
    const changed = { agentId, year, daysPerYear: entry?.daysPerYear ?? 0, carriedOverDays, ...next };
    store.edit("leave:edit.allowance", (plan) => withAllowances(plan, [changed]), `leave.${agentId}`);
  }
  return (
    <ControlGroup title={t("allowance.title", { year: String(year) })}>
      <NumberField
        {...limits.daysPerYear}
        optional
        label={t("allowance.days")}
        value={entry?.daysPerYear ?? null}
        onChange={(value) => value !== null && change({ daysPerYear: value })}
      />
      <NumberField
        {...limits.carriedOverDays}
        label={t("allowance.carried")}
        disabled={entry === undefined}
        value={carriedOverDays}
        onChange={(value) => change({ carriedOverDays: value })}
      />
      <p className={(balance.balanceDays ?? 0) < 0 ? "leave-note leave-warning" : "leave-note"}>
        {t("allowance.sum", {
          taken: days(balance.takenDays),
          planned: days(balance.plannedDays),
          asked: days(balance.askedDays),
          left: days(balance.balanceDays),
        })}
      </p>
      {entry !== undefined && (
        <Button
          look="quiet"
          onClick={() =>
            store.edit("leave:edit.allowance", (plan) =>
              withAllowances(
                plan,
                plan.agents.map(({ id }) => ({
                  agentId: id,
                  year,
                  daysPerYear: entry.daysPerYear,
                  carriedOverDays:
                    plan.leave?.allowances.find((one) => one.agentId === id && one.year === year)
                      ?.carriedOverDays ?? 0,
                })),
              ),
            )
          }
        >
          {t("allowance.all", { days: days(entry.daysPerYear) })}
        </Button>
      )}
    </ControlGroup>
  );
}

function withAllowances(plan: Plan, allowances: readonly LeaveAllowance[]): Plan {
  const leave = plan.leave ?? noLeave;
  const isReplaced = ({ agentId, year }: LeaveAllowance) =>
    allowances.some((one) => one.agentId === agentId && one.year === year);
  return {
    ...plan,
    leave: {
      ...leave,
      allowances: [...leave.allowances.filter((one) => !isReplaced(one)), ...allowances],
    },
  };
}

/** Which shrinkage stands for leave: counted by person here, it is not taken off a second time. */
export function LeaveShrinkage() {
  const { t } = useTranslation("leave");
  const format = useFormat();
  const { store } = useDesk();
  const plan = useSession(({ document }) => document.plan);
  const planned = plan.shrinkage.filter((item) => item.planned);
  if (planned.length === 0) return null;
  const ids = plan.leave?.shrinkageIds ?? [];
  return (
    <ControlGroup title={t("shrinkage.title")}>
      <p className="leave-note">{t("shrinkage.hint")}</p>
      {planned.map(({ id, name, share }) => (
        <Switch
          key={id}
          label={`${name} (${format.percent(share, 0)})`}
          checked={ids.includes(id)}
          onChange={(checked) =>
            store.edit("leave:edit.shrinkage", (before) => {
              const leave = before.leave ?? noLeave;
              const others = leave.shrinkageIds.filter((other) => other !== id);
              return { ...before, leave: { ...leave, shrinkageIds: checked ? [...others, id] : others } };
            })
          }
        />
      ))}
    </ControlGroup>
  );
}
