import { useTranslation } from "react-i18next";
import type { Queue } from "../../../domain/plan/queue.ts";
import type { Roster } from "../../../domain/plan/roster.ts";
import type { DayMeasure, Today } from "../../../domain/plan/today.ts";
import type { DayEffect, DayOption, QueueEffect } from "../../../intraday/options/option.ts";
import { useIssueText } from "../../frame/notices.tsx";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { measureText, optionTitle, shortfallText, wholeMoney } from "./option-words.ts";
import { Proposal } from "./proposal.tsx";
import type { useOptions, useProposal } from "./use-options.ts";

/** Beyond so many queues a table has no room; the bar chooses one. */
const mostQueues = 3;

/** What can be done about the rest of the day: looked for when asked, ranked, one of them opened as a proposal. */
export function OptionsPanel(props: {
  readonly options: ReturnType<typeof useOptions>;
  readonly proposal: ReturnType<typeof useProposal>;
  readonly queues: readonly Queue[];
  readonly today: Today;
  readonly roster: Roster;
}) {
  const { t } = useTranslation("day");
  const issueText = useIssueText();
  const format = useFormat();
  const { grid } = props.roster;
  const { found, isCurrent, isRunning, look } = props.options;
  const { proposal } = props;
  const outcome = found?.outcome ?? null;
  const list = outcome?.ok ? outcome.value : null;
  const queues = props.queues.slice(0, mostQueues);
  return (
    <section className="day-options" aria-label={t("options.title")}>
      <header className="day-options-head">
        <h2 className="control-title">{t("options.title")}</h2>
        <p className="day-note" role="status">
          {statusText()}
        </p>
        <Button look={found === null ? "primary" : "plain"} disabled={isRunning} onClick={look}>
          {t(found === null ? "options.look" : "options.again")}
        </Button>
      </header>
      {outcome?.ok === false && (
        <ul className="day-issues" role="alert">
          {outcome.issues.map((issue) => (
            <li key={issue.code}>{issueText(issue)}</li>
          ))}
        </ul>
      )}
      {list !== null && (
        <table className="day-options-table">
          <thead>
            <tr>
              <th scope="col">{t("options.what")}</th>
              <th scope="col">{t("options.cost")}</th>
              {queues.map(({ id, name }) => (
                <th scope="col" key={id} className="day-option-level">
                  {t("options.queue", { queue: name })}
                </th>
              ))}
              <th scope="col">{t("options.lost")}</th>
              <th scope="col">{t("options.goals")}</th>
            </tr>
          </thead>
          <tbody>
            <EffectRow effect={list.base} queues={queues} title={t("option.asItStands")} />
            {list.options.map((option) => (
              <EffectRow
                key={option.kind}
                effect={option}
                option={option}
                queues={queues}
                isChosen={option === proposal.option}
                onChoose={() => proposal.open(option.kind)}
              />
            ))}
          </tbody>
        </table>
      )}
      <MeasuresInForce today={props.today} />
      {list?.shortfall !== undefined && (
        <p className="day-note">{shortfallText(list.shortfall, grid, t, format)}</p>
      )}
      {proposal.option !== null && (
        <Proposal
          option={proposal.option}
          today={props.today}
          roster={props.roster}
          discarded={proposal.discarded}
          onDiscard={proposal.discard}
        />
      )}
    </section>
  );

  function statusText(): string {
    if (isRunning) return t("options.looking");
    if (list === null) return t("options.hint");
    if (!isCurrent) return t("options.old");
    if (list.options.length === 0) return t(list.base.keepsGoals ? "options.fine" : "options.nothing");
    if (!list.base.keepsGoals && !list.options.some(({ keepsGoals }) => keepsGoals))
      return t("options.notEnough");
    return t("options.ranked", { count: list.replications });
  }
}

/** What has been decided about queues for the rest of the day. */
function MeasuresInForce({ today }: { readonly today: Today }) {
  const { t } = useTranslation("day");
  const format = useFormat();
  const { store } = useDesk();
  const plan = usePlan();
  const { measures = [] } = today;
  if (measures.length === 0) return null;
  const takeBack = (measure: DayMeasure) =>
    store.edit("day:edit.measureBack", (before) => ({
      ...before,
      today: { ...today, measures: measures.filter((one) => one !== measure) },
    }));
  return (
    <ul className="day-sick" aria-label={t("measure.list")}>
      {measures.map((measure) => {
        const text = measureText(measure, plan, t, format);
        return (
          <li key={text}>
            <span>{text}</span>
            <Button
              look="quiet"
              aria-label={t("sick.backName", { name: text })}
              onClick={() => takeBack(measure)}
            >
              {t("sick.back")}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}

function EffectRow(props: {
  readonly effect: DayEffect;
  readonly option?: DayOption;
  readonly queues: readonly Queue[];
  readonly title?: string;
  readonly isChosen?: boolean;
  readonly onChoose?: () => void;
}) {
  const { t } = useTranslation("day");
  const format = useFormat();
  const plan = usePlan();
  const { effect, option, queues, isChosen = false } = props;
  const title = option === undefined ? (props.title ?? "") : optionTitle(option, plan, t, format);
  const missed = queues.filter(({ id }) =>
    effect.queues.some(({ queueId, isKept }) => queueId === id && !isKept),
  );
  return (
    <tr className={isChosen ? "is-chosen" : undefined}>
      <th scope="row">
        {props.onChoose === undefined ? (
          title
        ) : (
          <button type="button" className="day-option-open" aria-expanded={isChosen} onClick={props.onChoose}>
            {title}
          </button>
        )}
      </th>
      <td data-label={t("options.cost")}>
        {option === undefined ? "—" : format.money(wholeMoney(option.cost), plan.currency)}
      </td>
      {queues.map(({ id, name }) => {
        const of = effect.queues.find(({ queueId }) => queueId === id);
        return (
          <td key={id} data-label={name} className="day-option-level">
            <span>{format.percent(of?.serviceLevel?.value ?? null)}</span>
            {option !== undefined && of !== undefined && <Change of={of} />}
          </td>
        );
      })}
      <td data-label={t("options.lost")}>
        {option === undefined ? "—" : format.signed(effect.lostChange.value)}
      </td>
      <td data-label={t("options.goals")} className={effect.keepsGoals ? undefined : "day-option-missed"}>
        {effect.keepsGoals
          ? t("options.kept")
          : t("options.missed", { queues: format.list(missed.map(({ name }) => name)) })}
      </td>
    </tr>
  );
}

/** Points of service level won, and contacts fewer that give up. */
function Change({ of: { serviceLevelChange, abandonmentChange } }: { readonly of: QueueEffect }) {
  const { t } = useTranslation("day");
  const format = useFormat();
  return (
    <span
      title={t("options.abandonment", {
        change: format.signed(abandonmentChange === null ? null : 100 * abandonmentChange.value, 1),
        halfWidth: format.plusMinus(abandonmentChange === null ? null : 100 * abandonmentChange.halfWidth, 1),
      })}
    >
      {format.signed(serviceLevelChange === null ? null : 100 * serviceLevelChange.value, 1)}{" "}
      {format.plusMinus(serviceLevelChange === null ? null : 100 * serviceLevelChange.halfWidth, 1)}
    </span>
  );
}
