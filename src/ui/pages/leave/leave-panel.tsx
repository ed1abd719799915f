import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isLocalDate } from "../../../domain/calendar/clock.ts";
import {
  grantRequest,
  type NewLeaveRequest,
  requestIssues,
  ungrantRequest,
  withoutRequest,
  withRequest,
} from "../../../domain/plan/edit-leave.ts";
import { type LeaveKind, type LeaveRequest, leaveKinds } from "../../../domain/plan/leave.ts";
import type { PlanDocument } from "../../../domain/plan/plan.ts";
import { withRoster } from "../../../stages/judged-roster.ts";
import { useIssueText } from "../../frame/notices.tsx";
import { useDesk, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ClockField } from "../../kit/controls/clock-field.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { Switch } from "../../kit/controls/switch.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import type { ChosenLeave } from "./leave-calendar.tsx";
import { LeaveCostView } from "./leave-cost-view.tsx";
import type { useLeaveCost } from "./use-leave.ts";

type Costs = ReturnType<typeof useLeaveCost>;

/** Requests of the chosen person and days, to be costed and decided; or a new one. */
export function LeavePanel({ chosen, costs }: { readonly chosen: ChosenLeave; readonly costs: Costs }) {
  const { t } = useTranslation("leave");
  const format = useFormat();
  const plan = useSession(({ document }) => document.plan);
  const agent = plan.agents.find(({ id }) => id === chosen.agentId);
  if (agent === undefined) return null;
  const requests = (plan.leave?.requests ?? []).filter(
    ({ agentId, fromDate, toDate }) =>
      agentId === agent.id && fromDate <= chosen.toDate && toDate >= chosen.fromDate,
  );
  return (
    <ControlGroup title={t("panel.title", { person: agent.name })}>
      <p className="leave-note">{format.dateRange(chosen.fromDate, chosen.toDate)}</p>
      {requests.map((request) => (
        <Decision key={request.id} request={request} costs={costs} />
      ))}
      <details key={`${agent.id} ${chosen.fromDate} ${chosen.toDate}`} open={requests.length === 0}>
        <summary className="field-label">{t("new.title")}</summary>
        <NewLeave chosen={chosen} costs={costs} />
      </details>
    </ControlGroup>
  );
}

/** Judged by the rules of a roster where there is one, as every other edit of it. */
function judged(document: PlanDocument): PlanDocument {
  const roster = document.results.roster?.value;
  return roster === undefined ? document : withRoster(document, roster.assignments);
}

function granted(document: PlanDocument, requestId: string): PlanDocument {
  const outcome = grantRequest(document, requestId);
  return outcome.ok ? judged(outcome.value) : document;
}

function Decision({ request, costs }: { readonly request: LeaveRequest; readonly costs: Costs }) {
  const { t } = useTranslation("leave");
  const format = useFormat();
  const { store } = useDesk();
  const { id, state, kind, fromDate, toDate, hours, note } = request;
  const when = [
    format.dateRange(fromDate, toDate),
    hours === undefined ? "" : `${format.time(hours.fromMinute)}–${format.time(hours.toMinute)}`,
  ];
  return (
    <div className="leave-request">
      <p>
        <strong>{t(`kind.${kind}`)}</strong> {when.join(" ").trim()} · {t(`state.${state}`)}
        {note ? ` · ${note}` : ""}
      </p>
      <div className="leave-buttons">
        {state !== "granted" && (
          <>
            <CostButton costKey={id} request={request} costs={costs} />
            <Button
              look="primary"
              onClick={() => store.editDocument("leave:edit.grant", (before) => granted(before, id))}
            >
              {t("action.grant")}
            </Button>
          </>
        )}
        {state === "asked" && (
          <Button
            onClick={() =>
              store.editDocument("leave:edit.refuse", (before) => ungrantRequest(before, id, "refused"))
            }
          >
            {t("action.refuse")}
          </Button>
        )}
        {state === "granted" && (
          <Button
            onClick={() =>
              store.editDocument("leave:edit.takeBack", (before) =>
                judged(ungrantRequest(before, id, "asked")),
              )
            }
          >
            {t("action.takeBack")}
          </Button>
        )}
        <Button
          look="quiet"
          onClick={() =>
            store.editDocument("leave:edit.remove", (before) => judged(withoutRequest(before, id)))
          }
        >
          {t("action.remove")}
        </Button>
      </div>
      {costs.answer?.key === id && <LeaveCostView outcome={costs.answer.outcome} />}
    </div>
  );
}

function CostButton(props: {
  readonly costKey: string;
  readonly request: NewLeaveRequest & { readonly id?: string };
  readonly costs: Costs;
  readonly disabled?: boolean;
}) {
  const { t } = useTranslation("leave");
  const { costs } = props;
  if (costs.isRunning) return <Button onClick={costs.stop}>{t("action.stop")}</Button>;
  return (
    <Button disabled={props.disabled} onClick={() => costs.ask(props.costKey, props.request)}>
      {t("action.cost")}
    </Button>
  );
}

function NewLeave({ chosen, costs }: { readonly chosen: ChosenLeave; readonly costs: Costs }) {
  const { t } = useTranslation("leave");
  const { store } = useDesk();
  const issueText = useIssueText();
  const document = useSession((state) => state.document);
  const [kind, setKind] = useState<LeaveKind>("holiday");
  const [fromDate, setFromDate] = useState(chosen.fromDate);
  const [toDate, setToDate] = useState(chosen.toDate);
  const [isWholeDays, setIsWholeDays] = useState(true);
  const [hours, setHours] = useState({ fromMinute: 540, toMinute: 720 });
  const [note, setNote] = useState("");
  const request: NewLeaveRequest = {
    agentId: chosen.agentId,
    kind,
    fromDate,
    toDate,
    askedOn: null,
    ...(isWholeDays ? {} : { hours }),
    ...(note === "" ? {} : { note }),
  };
  const isReadable = isLocalDate(fromDate) && isLocalDate(toDate);
  const issues = isReadable ? requestIssues(document, request) : [];
  const isPossible = isReadable && issues.every(({ severity }) => severity !== "error");
  return (
    <fieldset className="leave-new">
      <legend className="visually-hidden">{t("new.title")}</legend>
      <SelectField
        label={t("new.kind")}
        value={kind}
        options={leaveKinds.map((value) => ({ value, name: t(`kind.${value}`) }))}
        onChange={setKind}
      />
      <TextField type="date" label={t("new.from")} value={fromDate} onChange={setFromDate} />
      <TextField type="date" label={t("new.to")} value={toDate} onChange={setToDate} />
      <Switch label={t("new.wholeDays")} checked={isWholeDays} onChange={setIsWholeDays} />
      {!isWholeDays && (
        <>
          <ClockField
            label={t("new.fromHour")}
            minute={hours.fromMinute}
            onChange={(fromMinute) => setHours({ ...hours, fromMinute })}
          />
          <ClockField
            label={t("new.toHour")}
            isEnd
            minute={hours.toMinute}
            onChange={(toMinute) => setHours({ ...hours, toMinute })}
          />
        </>
      )}
      <TextField label={t("new.note")} value={note} onChange={setNote} />
      {issues.length > 0 && (
        <ul className="leave-remarks">
          {issues.map((issue) => (
            <li key={issue.code} className={`leave-${issue.severity}`}>
              {issueText(issue)}
            </li>
          ))}
        </ul>
      )}
      <div className="leave-buttons">
        <CostButton costKey="new" request={request} costs={costs} disabled={!isPossible} />
        <Button
          disabled={!isPossible}
          onClick={() => store.editDocument("leave:edit.ask", (before) => withRequest(before, request))}
        >
          {t("action.ask")}
        </Button>
        <Button
          disabled={!isPossible}
          onClick={() =>
            store.editDocument("leave:edit.grant", (before) => {
              const asked = withRequest(before, request);
              return granted(asked, asked.plan.leave?.requests.at(-1)?.id ?? "");
            })
          }
        >
          {t("action.grantNew")}
        </Button>
      </div>
      {costs.answer?.key === "new" && <LeaveCostView outcome={costs.answer.outcome} />}
    </fieldset>
  );
}
