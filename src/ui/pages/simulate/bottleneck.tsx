import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { VisibleRange } from "../../../app/session/session.ts";
import { dateOfDay, dayOfInterval, localTimeOf } from "../../../domain/calendar/interval-grid.ts";
import type { Queue } from "../../../domain/plan/queue.ts";
import type { SimulationResult } from "../../../domain/results/simulation.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { bottleneckIn } from "./simulated.ts";

/** Which queue lacks most, when, and who could have helped; nothing where every goal is met. */
export function BottleneckLine(props: {
  readonly result: SimulationResult;
  readonly queues: readonly Queue[];
  readonly range: VisibleRange;
}) {
  const { t } = useTranslation("simulate");
  const { store } = useDesk();
  const format = useFormat();
  const { groups } = usePlan();
  const { result, queues, range } = props;
  const found = useMemo(() => bottleneckIn(result, queues, groups, range), [result, queues, groups, range]);
  const queue = queues.find(({ id }) => id === found?.queueId);
  if (found === null || queue === undefined) return null;
  const { grid } = result;
  const groupName = (id: string) => groups.find((group) => group.id === id)?.name ?? id;
  const date = dateOfDay(grid, dayOfInterval(grid, found.first));
  const last = localTimeOf(grid, found.end - 1).minuteOfDay + grid.intervalMinutes;
  const where = t("bottleneck.where", {
    queue: queue.name,
    day: format.date(date),
    from: format.time(localTimeOf(grid, found.first).minuteOfDay),
    until: format.time(last),
    level: format.percent(found.serviceLevel, 0),
    goal: format.percent(queue.goal.serviceLevel, 0),
    contacts: format.number(found.missingContacts),
  });
  const help =
    found.idle !== null
      ? t("bottleneck.idle", {
          free: format.number(found.idle.freeAgents, 1),
          group: groupName(found.idle.groupId),
          queue: queue.name,
        })
      : found.busiest !== null
        ? t("bottleneck.more", {
            group: groupName(found.busiest.groupId),
            occupancy: format.percent(found.busiest.occupancy, 0),
          })
        : t("bottleneck.nobody");
  return (
    <p className="simulate-note">
      <b>{t("bottleneck.title")}</b> {where} {help}{" "}
      <Button
        onClick={() =>
          store.setView({
            date,
            span: "day",
            queueId: queue.id,
            selection: { first: found.first, end: found.end },
          })
        }
      >
        {t("bottleneck.show")}
      </Button>
    </p>
  );
}
