import { useTranslation } from "react-i18next";
import type { Span } from "../../../app/session/session.ts";
import type { Queue } from "../../../domain/plan/queue.ts";
import { useFormat } from "../../kit/use-format.ts";
import type { FollowUpFigures, QueueFigures } from "./simulated.ts";

interface Row {
  readonly name: string;
  readonly value: string;
  readonly note: string;
  readonly short?: boolean;
}

/** What the shown time of one queue came to, each figure with its 95 % half-width. */
export function SimulatedFigures(props: {
  readonly queue: Queue;
  readonly figures: QueueFigures;
  readonly followUps: FollowUpFigures;
  readonly span: Span;
}) {
  const { t } = useTranslation("simulate");
  const format = useFormat();
  const { queue, figures } = props;
  const { goal } = queue;
  const points = (half: number) => format.plusMinus(half * 100, 1);
  const rows: Row[] = [
    {
      name: t("measure.serviceLevel"),
      value: format.percent(figures.serviceLevel.mean),
      note: `${points(figures.serviceLevel.halfWidth)} · ${t(`rule.${goal.serviceLevelRule}`)}`,
      short: goal.serviceLevel !== null && (figures.serviceLevel.mean ?? 1) < goal.serviceLevel,
    },
  ];
  if (figures.risk !== null) {
    rows.push({
      name: t(`figure.risk.${props.span}`, { goal: format.percent(goal.serviceLevel, 0) }),
      value: format.percent(figures.risk.mean, 0),
      note: format.plusMinus(figures.risk.halfWidth * 100),
      short: (figures.risk.mean ?? 0) >= 0.5,
    });
  }
  rows.push(
    {
      name: t("measure.asaSeconds"),
      value: format.wait(figures.asaSeconds.mean),
      note: format.plusMinus(figures.asaSeconds.halfWidth, 1),
      short: goal.maxAsaSeconds !== null && (figures.asaSeconds.mean ?? 0) > goal.maxAsaSeconds,
    },
    {
      name: t("measure.abandonmentRate"),
      value: format.percent(figures.abandonmentRate.mean),
      note: points(figures.abandonmentRate.halfWidth),
      short: goal.maxAbandonment !== null && (figures.abandonmentRate.mean ?? 0) > goal.maxAbandonment,
    },
    {
      name: t("measure.occupancy"),
      value: format.percent(figures.occupancy.mean),
      note: points(figures.occupancy.halfWidth),
    },
    {
      name: t("measure.offered"),
      value: format.number(figures.offered.mean),
      note: format.plusMinus(figures.offered.halfWidth),
    },
  );
  for (const name of ["blocked", "redialled", "transferred", "callbacks"] as const) {
    const figure = props.followUps[name];
    if (figure === null) continue;
    rows.push({
      name: t(`followUp.${name}`),
      value: format.number(figure.mean, (figure.mean ?? 0) < 10 ? 1 : 0),
      note: format.plusMinus(figure.halfWidth, (figure.mean ?? 0) < 10 ? 1 : 0),
    });
  }
  const delay = props.followUps.callbackDelaySeconds;
  if (delay !== null) {
    rows.push({
      name: t("followUp.callbackDelaySeconds"),
      value: format.wait(delay.mean),
      note: format.plusMinus(delay.halfWidth),
    });
  }
  return (
    <dl className="simulate-figures">
      {rows.map(({ name, value, note, short }) => (
        <div key={name} className={short ? "is-short" : undefined}>
          <dt>{name}</dt>
          <dd>
            <b>{value}</b> <span>{note}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
