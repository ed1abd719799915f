import { useTranslation } from "react-i18next";
import type { Queue } from "../../../domain/plan/queue.ts";
import type { QueueRequirement, Requirement } from "../../../domain/results/requirement.ts";
import { agentsText, useAxisWords } from "../../kit/charts/axis-words.ts";
import { DataGrid } from "../../kit/controls/data-grid.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { serviceWith } from "./live-requirement.ts";
import { ServiceCurve } from "./service-curve.tsx";

/** What one agent more or less does to an interval: the curve around the requirement. */
export function OneMore(props: {
  readonly queue: Queue;
  readonly requirement: Requirement;
  readonly of: QueueRequirement;
  readonly intervalIndex: number;
}) {
  const { t } = useTranslation("required");
  const format = useFormat();
  const { intervalName } = useAxisWords(props.requirement.grid);
  const { queue, of, intervalIndex } = props;
  const required = of.requiredAgents[intervalIndex];
  const whole = Math.ceil(required - 1e-9);
  const reach = Math.max(4, Math.min(30, Math.ceil(Math.sqrt(whole) * 1.5)));
  const from = Math.max(1, whole - reach);
  const counts = Array.from({ length: 2 * reach + 1 }, (_, step) => from + step);
  const rows = serviceWith(queue, props.requirement, of, intervalIndex, counts);
  const at = (count: number) => rows.find((row) => row.agents === count);
  const here = at(whole);
  const more = at(whole + 1);
  const time = intervalName(intervalIndex);
  return (
    <section className="one-more" aria-label={t("oneMore.title", { queue: queue.name, time })}>
      <p className="one-more-text">
        {t("oneMore.text", {
          time,
          agents: format.number(whole),
          level: format.percent(here?.serviceLevel ?? null),
          more: format.number(whole + 1),
          after: format.percent(more?.serviceLevel ?? null),
        })}{" "}
        {t(`definition.${queue.goal.serviceLevelRule}`, { seconds: queue.goal.answerWithinSeconds })}
      </p>
      <ServiceCurve
        title={t("oneMore.title", { queue: queue.name, time })}
        summary={t("oneMore.summary", {
          from: format.number(from),
          to: format.number(counts[counts.length - 1]),
          low: format.percent(rows[0].serviceLevel),
          high: format.percent(rows[rows.length - 1].serviceLevel),
        })}
        points={rows.map((row) => ({
          at: row.agents,
          serviceLevel: row.serviceLevel,
          occupancy: row.occupancy,
        }))}
        formatAt={(agents) => agentsText(format, agents)}
        goal={queue.goal.serviceLevel}
        marked={required}
      />
      <DataGrid
        label={t("oneMore.title", { queue: queue.name, time })}
        rows={rows.filter((row) => Math.abs(row.agents - whole) <= 4)}
        rowKey={(row) => row.agents}
        height={280}
        columns={[
          {
            id: "agents",
            header: t("column.agents"),
            width: 88,
            align: "right",
            text: (row) => format.number(row.agents),
            tone: (row) => (row.agents === whole ? "changed" : undefined),
          },
          {
            id: "level",
            header: t("column.serviceLevel"),
            width: 110,
            align: "right",
            text: (row) => format.percent(row.serviceLevel),
          },
          {
            id: "gain",
            header: t("oneMore.gain"),
            width: 130,
            align: "right",
            text: (row) => {
              const before = at(row.agents - 1);
              return before ? format.signedPercent(row.serviceLevel - before.serviceLevel, 1) : "—";
            },
          },
          {
            id: "asa",
            header: t("column.asa"),
            width: 100,
            align: "right",
            text: (row) => format.wait(row.asaSeconds),
          },
          {
            id: "abandoned",
            header: t("column.abandonment"),
            width: 110,
            align: "right",
            text: (row) => format.percent(row.abandonmentRate),
          },
          {
            id: "occupancy",
            header: t("column.occupancy"),
            width: 100,
            align: "right",
            text: (row) => format.percent(row.occupancy),
          },
        ]}
      />
    </section>
  );
}
