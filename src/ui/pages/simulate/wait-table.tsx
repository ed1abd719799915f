import { useTranslation } from "react-i18next";
import type { VisibleRange } from "../../../app/session/session.ts";
import { dateOfDay } from "../../../domain/calendar/interval-grid.ts";
import type { QueueSimulation, SimulationResult, WaitBounds } from "../../../domain/results/simulation.ts";
import { useFormat } from "../../kit/use-format.ts";

/** How long the answered waited: so long at most half of them, four in five …; a row per day, at most a week of them. */
export function WaitTable(props: {
  readonly result: SimulationResult;
  readonly queue: QueueSimulation;
  readonly queueName: string;
  readonly range: VisibleRange;
}) {
  const { t } = useTranslation("simulate");
  const format = useFormat();
  const { result, queue, range } = props;
  const { waitPercentiles: waits, replicationDays } = queue;
  if (waits === undefined) return null;
  const offset = result.grid.dayOffsets.indexOf(result.firstInterval);
  const all = replicationDays.dayCount;
  const first = Math.max(0, range.firstDay - offset);
  const end = Math.min(all, range.firstDay - offset + range.dayCount);
  const days = Array.from({ length: Math.max(0, end - first) }, (_, k) => first + k).filter(
    (day) => queue.days.answered.mean[day] > 0,
  );
  const wholeSpan = end - first === all && all > 1;
  if (days.length === 0 || (days.length > 7 && !wholeSpan)) return null;
  const row = (name: string, bounds: WaitBounds, from: number) => (
    <tr key={name}>
      <th scope="row">{name}</th>
      {waits.shares.map((share, k) => (
        <td key={share}>
          {format.wait(bounds.seconds[from + k])}{" "}
          <span>
            {t("waits.range", {
              low: format.wait(bounds.low[from + k]),
              high: format.wait(bounds.high[from + k]),
            })}
          </span>
        </td>
      ))}
    </tr>
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <div className="reference-scroll" tabIndex={0}>
      <table
        className="reference-table waits-table"
        aria-label={t("waits.table", { queue: props.queueName })}
      >
        <thead>
          <tr>
            <th scope="col">{t("waits.title")}</th>
            {waits.shares.map((share) => (
              <th key={share} scope="col">
                {t("waits.share", { share: format.percent(share, 0) })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.length <= 7 &&
            days.map((day) =>
              row(
                format.date(dateOfDay(result.grid, offset + day), "weekdayDay"),
                waits.days,
                day * waits.shares.length,
              ),
            )}
          {wholeSpan && row(t("waits.all"), waits.total, 0)}
        </tbody>
      </table>
    </div>
  );
}
