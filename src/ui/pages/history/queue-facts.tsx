import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { hoursTogether, recognisedHours } from "../../../domain/calendar/recognised-hours.ts";
import { type DemandHistory, intervalState } from "../../../domain/results/demand.ts";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { hoursText } from "../../kit/weekly-hours-text.ts";
import { overallService } from "./history-review.ts";

/** What a queue's history comes to. */
export function QueueFacts(props: { readonly history: DemandHistory; readonly queueId: string }) {
  const { t } = useTranslation("history");
  const format = useFormat();
  const { history, queueId } = props;
  const hours = useMemo(() => hoursTogether(recognisedHours(history, [queueId])), [history, queueId]);
  const queue = history.queues.find((one) => one.queueId === queueId);
  const service = useMemo(() => (queue === undefined ? null : overallService(queue)), [queue]);
  if (queue === undefined || service === null) return null;
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const offered = sum(queue.offered);
  const openDays = countOpenDays(history, queue.state);
  const facts: [string, string][] = [
    [t("facts.contacts"), format.number(offered)],
    [t("facts.perDay"), format.number(openDays > 0 ? offered / openDays : null)],
    [t("facts.aht"), format.duration(service.ahtSeconds)],
    [t("facts.abandoned"), format.percent(service.abandonment)],
    ...(queue.inTime === undefined
      ? []
      : [
          [t("facts.inTime", { seconds: queue.inTime.seconds }), format.percent(service.serviceLevel)] as [
            string,
            string,
          ],
        ]),
    ...(queue.waitSeconds === undefined
      ? []
      : [[t("facts.asa"), format.wait(service.asaSeconds)] as [string, string]]),
    ...(queue.redials === undefined
      ? []
      : [
          [t("facts.redials"), format.number(sum(queue.redials))] as [string, string],
          [t("facts.redialShare"), format.percent(service.redialShare)] as [string, string],
        ]),
    ...hours.map(({ weekdays, spans }, index): [string, string] => [
      index === 0 ? t("facts.open") : "",
      hoursText(format, weekdays, spans),
    ]),
  ];
  return (
    <ControlGroup title={queueId}>
      <dl className="history-facts">
        {facts.map(([name, value]) => (
          <div key={`${name} ${value}`}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </ControlGroup>
  );
}

function countOpenDays({ grid }: DemandHistory, state: Uint8Array): number {
  let days = 0;
  for (let day = 0; day < grid.dayCount; day++) {
    if (
      state
        .subarray(grid.dayOffsets[day], grid.dayOffsets[day + 1])
        .some((one) => one !== intervalState.closed)
    )
      days++;
  }
  return days;
}
