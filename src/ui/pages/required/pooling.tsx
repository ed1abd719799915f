import { useState } from "react";
import { useTranslation } from "react-i18next";
import { findPooling } from "../../../app/running/schedule-jobs.ts";
import { dateOfDay } from "../../../domain/calendar/interval-grid.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { PooledRequirement } from "../../../domain/results/pooled-requirement.ts";
import type { Requirement } from "../../../domain/results/requirement.ts";
import { GoalsKept } from "../../frame/goals-kept.tsx";
import { useDesk, usePlan, useResult, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { useFormat } from "../../kit/use-format.ts";

/** What was found, and of which requirement. */
interface Found {
  readonly of: Requirement;
  readonly groups: Plan["groups"];
  readonly simulation: Plan["simulation"];
  readonly value: PooledRequirement;
}

/** What a day needs queue by queue, and what it needs as the routing shares agents: by simulation, when asked. */
export function Pooling({ day }: { readonly day: number }) {
  const { t } = useTranslation("required");
  const desk = useDesk();
  const format = useFormat();
  const plan = usePlan();
  const requirement = useResult("requirement");
  const isBusy = useSession((state) =>
    state.jobs.some(({ id }) => ["pooling", "keepGoals", "schedule", "breaks", "hoursCurve"].includes(id)),
  );
  const [found, setFound] = useState<Found | null>(null);
  // Where each queue has its own people nothing is shared.
  if (requirement === null || !plan.groups.some(({ queueIds }) => queueIds.length > 1)) return null;
  const date = dateOfDay(requirement.value.grid, day);
  const name = format.date(date);
  const run = async () => {
    const { document } = desk.store.state();
    const of = document.results.requirement?.value;
    const value = await findPooling(desk, document, day);
    const { groups, simulation } = document.plan;
    if (value !== null && of !== undefined) setFound({ of, groups, simulation, value });
  };
  const isStale =
    found !== null &&
    (found.of !== requirement.value || found.groups !== plan.groups || found.simulation !== plan.simulation);
  return (
    <section className="pooling" aria-label={t("pooling.title")}>
      <h2 className="control-title">{t("pooling.title")}</h2>
      <p className="field-hint">{t("pooling.hint")}</p>
      <Button disabled={isBusy} onClick={() => void run()}>
        {found?.value.date === date ? t("pooling.again") : t("pooling.run", { day: name })}
      </Button>
      {isStale && <p className="stale-sign">◐ {t("pooling.stale")}</p>}
      {found !== null && <PoolingAnswer value={found.value} />}
    </section>
  );
}

function PoolingAnswer({ value }: { readonly value: PooledRequirement }) {
  const { t } = useTranslation("required");
  const format = useFormat();
  const isKept = value.goals.every(({ missedBy }) => missedBy <= value.keptWithin);
  return (
    <>
      <p>
        {t(isKept ? "pooling.text" : "pooling.missed", {
          day: format.date(value.date),
          separate: format.hours(value.separateHours),
          pooled: format.hours(value.pooledHours),
          saved: format.percent(1 - value.pooledHours / value.separateHours, 0),
        })}
      </p>
      <GoalsKept
        judgement={{ ...value, span: "day" }}
        before={value.before}
        headings={{ now: t("pooling.now"), before: t("pooling.before") }}
      />
      <WorthTable worth={value.worth} />
    </>
  );
}

function WorthTable({ worth }: Pick<PooledRequirement, "worth">) {
  const { t } = useTranslation("required");
  const format = useFormat();
  const { groups, queues } = usePlan();
  const at = (groupId: string, queueId: string) =>
    worth.find((one) => one.groupId === groupId && one.queueId === queueId);
  return (
    <div className="goals-kept-scroll">
      <table className="goals-kept">
        <caption>{t("pooling.worth")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("pooling.group")}</th>
            {queues.map(({ id, name }) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group.id}>
              <th scope="row">{group.name}</th>
              {queues.map((queue) => {
                const one = at(group.id, queue.id);
                return one === undefined || (one.gain === 0 && one.halfWidth === 0) ? (
                  <td key={queue.id} title={t("pooling.noneHint")}>
                    {t("pooling.none")}
                  </td>
                ) : (
                  <td key={queue.id}>
                    {t("pooling.gain", {
                      gain: format.number(100 * one.gain, 1),
                      half: format.number(100 * (one.halfWidth ?? 0), 1),
                    })}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
