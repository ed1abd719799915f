import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import type { Queue } from "../../../domain/plan/queue.ts";
import type { QueueRequirement, Requirement } from "../../../domain/results/requirement.ts";
import type { ExpectedQueue } from "../../../staffing/expected-service.ts";
import { useIssueText } from "../../frame/notices.tsx";
import { useAxisWords } from "../../kit/charts/axis-words.ts";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { useFormat } from "../../kit/use-format.ts";

/** One queue of the requirement with what stands beside it. */
export interface RequiredQueue {
  readonly queue: Queue;
  readonly of: QueueRequirement;
  /** Scheduled agents that shrinkage leaves; null: no schedule. */
  readonly left: Float64Array | null;
  /** What the shifts are expected to give; null: no schedule. */
  readonly expected: ExpectedQueue | null;
}

/** The numbers behind the chart: one row per open interval; for one queue with its service, for several side by side. */
export function RequiredGrid(props: {
  readonly requirement: Requirement;
  readonly queues: readonly RequiredQueue[];
  readonly range: IntervalRange;
  readonly selection: IntervalRange | null;
  readonly wholeAgents: boolean;
  readonly nameOf: (queueId: string) => string;
  readonly onSelect: (selection: IntervalRange) => void;
  readonly onOpen: (intervalIndex: number) => void;
}) {
  const { t } = useTranslation("required");
  const format = useFormat();
  const levelColumn = useLevelColumn(props.nameOf);
  const { intervalName } = useAxisWords(props.requirement.grid);
  const { queues, range, requirement } = props;
  const agents = (count: number) => format.number(count, props.wholeAgents ? 0 : 1);
  const rows = useMemo(() => {
    const open: number[] = [];
    for (let index = range.first; index < range.end; index++) {
      if (
        queues.some(
          ({ of, left }) => of.offered[index] > 0 || of.requiredAgents[index] > 0 || (left?.[index] ?? 0) > 0,
        )
      )
        open.push(index);
    }
    return open;
  }, [queues, range.first, range.end]);

  const sum = (series: (queue: RequiredQueue) => ArrayLike<number> | null) => (index: number) =>
    queues.reduce((total, queue) => total + (series(queue)?.[index] ?? 0), 0);
  const required = sum(({ of }) => of.requiredAgents);
  const toSchedule = sum(({ of }) => of.scheduledAgents);
  const offered = sum(({ of }) => of.offered);
  const left = sum((queue) => queue.left);
  const scheduled = queues.some((queue) => queue.left !== null);
  const number = (
    id: string,
    width: number,
    text: (index: number) => string,
    tone?: Column<number>["tone"],
  ): Column<number> => ({ id, header: t(`column.${id}`), width, align: "right", text, tone });
  const one = queues.length === 1 ? queues[0] : null;
  const columns: Column<number>[] = [
    { id: "time", header: t("column.time"), width: 150, text: intervalName },
    number("offered", 92, (index) => format.number(offered(index), 1)),
  ];
  if (one === null) {
    for (const { queue, of } of queues) {
      columns.push({
        id: `required.${queue.id}`,
        header: t("column.requiredOf", { queue: queue.name }),
        width: 118,
        align: "right",
        text: (index) => agents(of.requiredAgents[index]),
      });
    }
  } else {
    const { of } = one;
    columns.push(
      number("aht", 70, (index) => format.duration(of.ahtSeconds[index])),
      number("load", 86, (index) =>
        format.number(
          (of.offered[index] * of.ahtSeconds[index]) / (requirement.grid.intervalMinutes * 60),
          1,
        ),
      ),
    );
  }
  columns.push(
    number("required", 84, (index) => agents(required(index))),
    number("toSchedule", 100, (index) => agents(toSchedule(index))),
  );
  if (scheduled) {
    const tone = (index: number) => {
      const net = left(index) - required(index);
      return net < -0.05 ? "short" : net > 0.5 ? "spare" : undefined;
    };
    columns.push(
      number("left", 100, (index) => agents(left(index))),
      number("net", 76, (index) => format.signed(left(index) - required(index), 1), tone),
    );
  }
  if (one !== null) {
    const { of, expected } = one;
    columns.push(
      number("serviceLevel", 100, (index) => format.percent(of.serviceLevel[index])),
      number("asa", 84, (index) => format.wait(of.asaSeconds[index])),
      number("abandonment", 96, (index) => format.percent(of.abandonmentRate[index])),
      number("occupancy", 90, (index) => format.percent(of.occupancy[index])),
    );
    if (expected !== null) columns.push(levelColumn(expected, of));
  }
  const hours = (value: (index: number) => number) =>
    format.hours(
      (rows.reduce((total, index) => total + value(index), 0) * requirement.grid.intervalMinutes) / 60,
    );
  const chosen =
    props.selection === null
      ? null
      : {
          first: rows.findIndex((index) => index >= props.selection!.first),
          end: rows.filter((index) => index < props.selection!.end).length,
        };
  return (
    <DataGrid
      label={t("grid")}
      rows={rows}
      rowKey={(index) => index}
      columns={columns}
      frozenColumns={1}
      height={340}
      selectedRows={chosen !== null && chosen.first >= 0 && chosen.end > chosen.first ? chosen : null}
      scrollToRow={chosen !== null && chosen.first >= 0 ? chosen.first : null}
      onSelectRows={({ first, end }) => {
        if (rows[first] !== undefined && end > first)
          props.onSelect({ first: rows[first], end: rows[end - 1] + 1 });
      }}
      onOpen={(index) => props.onOpen(index)}
      totals={{
        time: t("total"),
        offered: format.number(rows.reduce((total, index) => total + offered(index), 0)),
        required: hours(required),
        toSchedule: hours(toSchedule),
        ...(scheduled ? { left: hours(left), net: hours((index) => left(index) - required(index)) } : {}),
      }}
      empty={t("closed")}
    />
  );
}

/** What the shifts are expected to give, or that only the simulation can say so, with the reason on hover. */
function useLevelColumn(nameOf: (queueId: string) => string) {
  const { t } = useTranslation("required");
  const format = useFormat();
  const issueText = useIssueText();
  return ({ withheld, serviceLevel }: ExpectedQueue, { offered }: QueueRequirement): Column<number> => ({
    id: "scheduledLevel",
    header: t("column.scheduledLevel"),
    width: 128,
    align: "right",
    text: (index) =>
      withheld === null
        ? format.percent(offered[index] > 0 ? serviceLevel[index] : null)
        : t("onlySimulated"),
    hint: () =>
      withheld === null
        ? undefined
        : issueText({
            code: `withheld.${withheld.reason}`,
            severity: "warning",
            values: { queue: nameOf(withheld.queueId) },
          }),
  });
}
