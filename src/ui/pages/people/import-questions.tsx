import { useTranslation } from "react-i18next";
import { isLocalDate } from "../../../domain/calendar/clock.ts";
import { type Departure, type PeopleUpdate, proposedLastDate } from "../../../domain/plan/update-people.ts";
import type { DateOrder } from "../../../files/clock-cells.ts";
import { dateOfCell } from "../../../files/people-cells.ts";
import type { PeopleReading } from "../../../files/people-list.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { SegmentedControl } from "../../kit/controls/segmented-control.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import type { ImportAnswers } from "./use-answers.ts";

/** So many people who are gone are listed at once. */
const fewGone = 5;

interface QuestionProps {
  readonly reading: PeopleReading | null;
  readonly update: PeopleUpdate | null;
  readonly answers: ImportAnswers;
}

/** What a list leaves open: the order of its dates, skills and contracts that the plan does not have, who is not in it. */
export function ImportQuestions(props: QuestionProps) {
  return (
    <>
      <DateOrderQuestion {...props} />
      <NameQuestions {...props} />
      <GoneQuestion {...props} />
    </>
  );
}

function DateOrderQuestion({ reading, answers }: QuestionProps) {
  const { t } = useTranslation("people");
  const format = useFormat();
  const { order, other, example } = reading?.dateOrder ?? { order: "ymd", other: null, example: null };
  if (other === null || example === null) return null;
  const option = (value: DateOrder) => ({
    value,
    name: t("ask.dateIs", { text: example, date: format.date(dateOfCell(example, value), "full") }),
  });
  return (
    <div className="people-ask">
      <SegmentedControl<DateOrder | "">
        label={t("ask.dateOrder")}
        value={answers.dateOrder ?? ""}
        options={[option(order as DateOrder), option(other)]}
        onChange={(value) => value !== "" && answers.setDateOrder(value)}
      />
    </div>
  );
}

/** Skills and contracts of the list that go by another name here. */
function NameQuestions({ reading, update, answers }: QuestionProps) {
  const { t } = useTranslation("people");
  const { queues, contracts, peopleList } = usePlan();
  // What was answered for this list stays, so that the answer can be changed.
  const settledBefore = new Set(peopleList?.skills.map(({ text }) => text));
  const answered = answers.skills.filter(({ text }) => !settledBefore.has(text)).map(({ text }) => text);
  const skills = [
    ...new Set([
      ...(reading?.unknownSkills.map(({ text }) => text) ?? []),
      ...(reading?.channelSkills.map(({ text }) => text) ?? []),
      ...answered,
    ]),
  ].sort();
  const contractsBefore = new Set(peopleList?.contracts.map(({ text }) => text));
  const unknown = [
    ...new Set([
      ...(update?.unknownContracts.map(({ text }) => text) ?? []),
      ...answers.contracts.filter(({ text }) => !contractsBefore.has(text)).map(({ text }) => text),
    ]),
  ].sort();
  if (skills.length + unknown.length === 0) return null;
  return (
    <fieldset className="people-ask">
      <legend className="field-label">{t("ask.names")}</legend>
      <div className="people-fields">
        {skills.map((text) => {
          const settled =
            answers.skills.find((entry) => entry.text === text) ??
            reading?.channelSkills.find((entry) => entry.text === text);
          return (
            <SelectField
              key={text}
              label={t("ask.skill", { text })}
              value={settled === undefined ? "" : (settled.queueId ?? "-")}
              options={[
                { value: "", name: t("ask.open") },
                ...queues.map(({ id, name }) => ({ value: id, name })),
                { value: "-", name: t("ask.leaveOut") },
              ]}
              onChange={(value) =>
                answers.setSkill(text, value === "" ? undefined : value === "-" ? null : value)
              }
            />
          );
        })}
        {unknown.map((text) => (
          <SelectField
            key={text}
            label={t("ask.contract", { text })}
            value={answers.contracts.find((entry) => entry.text === text)?.contractId ?? ""}
            options={[
              { value: "", name: t("ask.open") },
              ...contracts.map(({ id, name }) => ({ value: id, name })),
            ]}
            onChange={(value) => answers.setContract(text, value)}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** Who is in the plan and not in the list: each stays, has a last day, or is removed. */
function GoneQuestion({ update, answers }: QuestionProps) {
  const { t } = useTranslation("people");
  const plan = usePlan();
  if (update === null || update.gone.length === 0) return null;
  const { departures, setDepartures } = answers;
  const agents = new Map(plan.agents.map((agent) => [agent.id, agent]));
  const kinds = (["keep", "end", "remove"] as const).map((value) => ({ value, name: t(`gone.${value}`) }));
  function departureOf(id: string, kind: Departure["kind"]): Departure {
    const agent = agents.get(id);
    return kind === "end" && agent !== undefined
      ? { kind, lastDate: proposedLastDate(plan, agent) }
      : { kind: kind === "remove" ? "remove" : "keep" };
  }
  const chosen = new Set(update.gone.map(({ id }) => departures.get(id)?.kind ?? "keep"));
  const kindOfAll = chosen.size === 1 ? [...chosen][0] : "";
  const set = (id: string, departure: Departure) => setDepartures(new Map([...departures, [id, departure]]));
  return (
    <fieldset className="people-ask">
      <legend className="field-label">{t("gone.title", { count: update.gone.length })}</legend>
      {update.gone.length > 1 && (
        <div className="people-fields">
          <SelectField
            label={t("gone.all")}
            value={kindOfAll}
            options={[...(kindOfAll === "" ? [{ value: "" as const, name: t("gone.each") }] : []), ...kinds]}
            onChange={(kind) =>
              kind !== "" && setDepartures(new Map(update.gone.map(({ id }) => [id, departureOf(id, kind)])))
            }
          />
        </div>
      )}
      <details open={update.gone.length <= fewGone}>
        <summary>{t("gone.eachOf", { count: update.gone.length })}</summary>
        <ul className="people-gone">
          {update.gone.map(({ id, name, shifts }) => {
            const departure = departures.get(id) ?? { kind: "keep" };
            return (
              <li key={id}>
                <SelectField
                  label={t("gone.person", { name, key: id, shifts: t("count.shifts", { count: shifts }) })}
                  value={departure.kind}
                  options={kinds}
                  onChange={(kind) => set(id, departureOf(id, kind))}
                />
                {departure.kind === "end" && (
                  <TextField
                    type="date"
                    label={t("gone.lastDate", { name })}
                    value={departure.lastDate}
                    onChange={(lastDate) => isLocalDate(lastDate) && set(id, { kind: "end", lastDate })}
                  />
                )}
              </li>
            );
          })}
        </ul>
      </details>
    </fieldset>
  );
}
