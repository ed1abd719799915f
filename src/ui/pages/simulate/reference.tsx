import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import {
  type QueueDifference,
  queueDifference,
  referenceRun,
  shiftCount,
  simulatedAsItStands,
} from "../../../app/session/reference-run.ts";
import type { VisibleRange } from "../../../app/session/session.ts";
import type { Queue } from "../../../domain/plan/queue.ts";
import type { QueueSimulation, SimulationResult } from "../../../domain/results/simulation.ts";
import { contactsKey } from "../../../stages/simulation.ts";
import { useDesk, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { useFormat } from "../../kit/use-format.ts";

/** Keeps the simulation of the shifts as they are, so that the next roster can be held against it. */
export function ReferenceControls() {
  const { t } = useTranslation("simulate");
  const { store } = useDesk();
  const format = useFormat();
  const document = useSession((state) => state.document);
  const reference = useSession((state) => state.reference);
  const run = useMemo(() => referenceRun(document), [document]);
  const isReference = run !== null && run.made === reference?.made;
  return (
    <ControlGroup title={t("reference.title")}>
      {reference !== null && (
        <p className="field-hint">
          {t("reference.kept", {
            count: reference.shiftCount,
            shifts: format.number(reference.shiftCount),
            time: format.instant(reference.made.madeAt),
          })}
        </p>
      )}
      <div className="simulate-options">
        {!isReference && (
          <Button
            disabled={run === null}
            onClick={() => run !== null && store.dispatch({ type: "reference", run })}
          >
            {reference === null ? t("reference.keep") : t("reference.keepInstead")}
          </Button>
        )}
        {reference !== null && (
          <Button look="quiet" onClick={() => store.dispatch({ type: "reference", run: null })}>
            {t("reference.drop")}
          </Button>
        )}
      </div>
      <p className="field-hint">{reference === null ? t("reference.keepHint") : t("reference.heldHint")}</p>
    </ControlGroup>
  );
}

const columns = ["serviceLevel", "missRisk", "asaSeconds", "abandonmentRate", "occupancy"] as const;
type Column = (typeof columns)[number];
const better: Readonly<Record<Column, 1 | -1 | 0>> = {
  serviceLevel: 1,
  missRisk: -1,
  asaSeconds: -1,
  abandonmentRate: -1,
  occupancy: 0,
};

/** What the shifts now do better or worse than the reference, on the same contacts; nothing without a reference. */
export function ReferenceComparison(props: {
  readonly result: SimulationResult;
  readonly converging: boolean;
  readonly range: VisibleRange;
  readonly queues: readonly { readonly queue: Queue; readonly simulated: QueueSimulation }[];
}) {
  const { t } = useTranslation("simulate");
  const format = useFormat();
  const document = useSession((state) => state.document);
  const reference = useSession((state) => state.reference);
  const { result, range, queues } = props;
  const rows = useMemo(
    () =>
      reference === null
        ? []
        : queues.flatMap(({ queue, simulated }) => {
            const difference = queueDifference(
              result,
              reference.made.value,
              simulated,
              queue.goal.serviceLevel,
              range.firstDay,
              range.dayCount,
            );
            return difference === null ? [] : [{ queue, difference }];
          }),
    [result, reference, queues, range.firstDay, range.dayCount],
  );
  if (reference === null) return null;
  const said = (text: string) => <Section title={t("reference.against")} text={text} />;
  if (reference.contactsKey !== contactsKey(document)) return said(t("reference.otherCustomers"));
  if (!props.converging && !simulatedAsItStands(document)) return said(t("reference.outdated"));
  if (result === reference.made.value) return said(t("reference.itself"));
  if (rows.length === 0) return said(t("reference.nothing"));

  const cell = (column: Column, difference: QueueDifference) => {
    const figure = difference[column];
    if (figure === null) return format.number(null);
    if (column === "asaSeconds") {
      return t("reference.seconds", {
        value: format.signed(figure.value, 1),
        half: format.number(figure.halfWidth, 1),
      });
    }
    return t("reference.points", {
      value: format.signed(figure.value * 100, 1),
      half: format.number(figure.halfWidth * 100, 1),
    });
  };
  const tone = (column: Column, difference: QueueDifference) => {
    const figure = difference[column];
    if (figure === null || Math.abs(figure.value) <= figure.halfWidth || better[column] === 0)
      return undefined;
    return figure.value * better[column] > 0 ? "is-better" : "is-worse";
  };
  const verdicts = rows.map(({ queue, difference }) => {
    const kind = tone("serviceLevel", difference);
    const verdict = kind === "is-better" ? "better" : kind === "is-worse" ? "worse" : "same";
    return t(`reference.verdict.${verdict}`, { queue: queue.name });
  });
  const now = shiftCount(document);
  return (
    <Section title={t("reference.against")} text={verdicts.join(" ")}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <div className="reference-scroll" tabIndex={0}>
        <table className="reference-table" aria-label={t("reference.table")}>
          <thead>
            <tr>
              <th scope="col">{t("reference.queue")}</th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column === "missRisk" ? t("reference.risk") : t(`measure.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ queue, difference }) => (
              <tr key={queue.id}>
                <th scope="row">{queue.name}</th>
                {columns.map((column) => (
                  <td key={column} className={tone(column, difference)}>
                    {cell(column, difference)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="simulate-note">
        {t("reference.pairs", {
          count: rows[0].difference.pairs,
          pairs: format.number(rows[0].difference.pairs),
          now: format.number(now),
          before: format.number(reference.shiftCount),
        })}
      </p>
    </Section>
  );
}

function Section(props: { readonly title: string; readonly text: string; readonly children?: ReactNode }) {
  return (
    <section className="reference" aria-label={props.title}>
      <h2 className="replay-title">{props.title}</h2>
      <p className="simulate-note">{props.text}</p>
      {props.children}
    </section>
  );
}
