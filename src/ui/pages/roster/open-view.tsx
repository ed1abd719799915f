import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { explainOpen } from "../../../app/running/roster-jobs.ts";
import type { OpenShiftFix } from "../../../domain/plan/open-shift-fix.ts";
import type { Roster } from "../../../domain/plan/roster.ts";
import type { GivenShifts, OpenShiftsReport, ProvedFix } from "../../../rostering/open-shift-fixes.ts";
import type { OpenShift } from "../../../rostering/open-shifts.ts";
import { useDesk, usePlan, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { applyFixes, type RosterPlace } from "./roster-edits.ts";
import { shiftText, type TemplateLook } from "./shift-words.ts";
import "./open-shifts.css";

/** People named for a shift before it says how many more. */
const namedPeople = 4;

/** Found once, while the page stays open: another tab and back is no reason to look again. */
const reports = new WeakMap<Roster, OpenShiftsReport>();

/** Why shifts are open, and what would close most of them. */
export function OpenView(props: {
  readonly roster: Roster;
  readonly looks: ReadonlyMap<string, TemplateLook>;
  readonly editable: boolean;
  readonly onOpen: (place: Partial<RosterPlace>) => void;
}) {
  const { roster, editable } = props;
  const { t } = useTranslation("roster");
  const desk = useDesk();
  const format = useFormat();
  const running = useSession((state) => state.jobs.some(({ id }) => id === "openShifts"));
  const [report, setReport] = useState<{ readonly of: Roster; readonly value: OpenShiftsReport } | null>(
    () => {
      const value = reports.get(roster);
      return value === undefined ? null : { of: roster, value };
    },
  );
  const count = roster.unassigned.length;
  const explain = async () => {
    const { document } = desk.store.state();
    const of = document.results.roster?.value;
    const value = await explainOpen(desk);
    if (value === null || of === undefined) return;
    reports.set(of, value);
    setReport({ of, value });
  };
  const isFirst = report === null && count > 0;
  // Asked for once, when the tab is opened.
  useEffect(() => {
    if (isFirst) void explain();
  }, [isFirst]);
  if (count === 0) return <p className="open-none">{t("open.none")}</p>;
  return (
    <section className="open-shifts" aria-label={t("open.title")}>
      <div className="open-head">
        <p>{t("open.total", { count, hours: format.hours(hoursOf(roster.unassigned), 1) })}</p>
        <SkillTotals roster={roster} />
        {report !== null && report.of !== roster && <span className="stale-sign">◐ {t("open.stale")}</span>}
        {report?.of !== roster && (
          <Button disabled={running} onClick={() => void explain()}>
            {t(report === null ? "open.explain" : "open.again")}
          </Button>
        )}
      </div>
      {running && <p role="status">{t("open.running")}</p>}
      {report !== null && (
        <>
          <Fixes {...props} report={report.value} editable={editable && report.of === roster} />
          <Causes {...props} open={report.value.open} />
        </>
      )}
    </section>
  );
}

function hoursOf(shifts: Roster["unassigned"]): number {
  return shifts.reduce((sum, { startMinute, endMinute }) => sum + (endMinute - startMinute) / 60, 0);
}

/** How many of which skill. */
function SkillTotals({ roster }: { readonly roster: Roster }) {
  const { groups } = usePlan();
  const format = useFormat();
  const counts = new Map<string, number>();
  for (const { groupId } of roster.unassigned) counts.set(groupId, (counts.get(groupId) ?? 0) + 1);
  return (
    <ul className="open-skills">
      {[...counts]
        .sort((a, b) => b[1] - a[1])
        .map(([groupId, count]) => (
          <li key={groupId}>
            <strong>{format.number(count)}</strong> {groups.find(({ id }) => id === groupId)?.name ?? groupId}
          </li>
        ))}
    </ul>
  );
}

/** The fixes, the largest first, each on top of those above it. */
function Fixes(props: {
  readonly report: OpenShiftsReport;
  readonly roster: Roster;
  readonly looks: ReadonlyMap<string, TemplateLook>;
  readonly editable: boolean;
}) {
  const { report, editable } = props;
  const { t } = useTranslation("roster");
  const { store } = useDesk();
  const fixText = useFixText();
  const { fixes, already } = report;
  const total = report.open.length;
  const apply = (count: number) =>
    store.editDocument("roster:edit.fix", (document) =>
      applyFixes(document, { already, fixes: fixes.slice(0, count) }, (number) =>
        t("open.newName", { number }),
      ),
    );
  return (
    <>
      <h3 className="control-title">{t("open.fixes")}</h3>
      {already.closes > 0 && (
        <>
          <p>{t("open.already", { count: already.closes })}</p>
          <GivenList {...props} given={already.given} />
          {editable && <Button onClick={() => apply(0)}>{t("open.assignAlready")}</Button>}
        </>
      )}
      {fixes.length === 0 ? (
        <p>{t("open.noFix")}</p>
      ) : (
        <ol className="open-fixes">
          {fixes.map(({ fix, closes }: ProvedFix, at) => (
            <li key={JSON.stringify(fix)}>
              <span className="open-fix-text">{fixText(fix)}</span>
              <span className="open-fix-closes">{t("open.closes", { closes, total })}</span>
              {editable && (
                <Button
                  look="quiet"
                  aria-label={t("open.applyName", { fix: fixText(fix) })}
                  onClick={() => apply(at + 1)}
                >
                  {t(at === 0 ? "open.apply" : "open.applyThese", { count: at + 1 })}
                </Button>
              )}
            </li>
          ))}
        </ol>
      )}
      {fixes.length > 0 && <p className="inherited">{t("open.fixesHint")}</p>}
    </>
  );
}

/** Who would get which shift. */
function GivenList(props: {
  readonly given: GivenShifts["given"];
  readonly roster: Roster;
  readonly looks: ReadonlyMap<string, TemplateLook>;
}) {
  const { given, roster, looks } = props;
  const { t } = useTranslation("roster");
  const format = useFormat();
  const { agents } = usePlan();
  const shifts = new Map(
    [...roster.unassigned, ...roster.assignments.map(({ shift }) => shift)].map((shift) => [shift.id, shift]),
  );
  return (
    <ul className="open-people" aria-label={t("open.given")}>
      {given.map(({ agentId, shiftId }) => {
        const shift = shifts.get(shiftId);
        if (shift === undefined) return null;
        const template = looks.get(shift.templateId)?.name ?? shift.templateId;
        return (
          <li key={shiftId}>
            {agents.find(({ id }) => id === agentId)?.name ?? agentId}: {template}{" "}
            {shiftText(shift, roster.grid, format)}, {format.date(shift.date)}
          </li>
        );
      })}
    </ul>
  );
}

/** A fix in words. */
function useFixText(): (fix: OpenShiftFix) => string {
  const { t } = useTranslation("roster");
  const format = useFormat();
  const { agents, contracts, groups } = usePlan();
  const nameIn = (list: readonly { readonly id: string; readonly name: string }[], id: string) =>
    list.find((one) => one.id === id)?.name ?? id;
  return (fix) => {
    const person = "agentId" in fix ? nameIn(agents, fix.agentId) : "";
    const contract = "contractId" in fix ? nameIn(contracts, fix.contractId) : "";
    const group = "groupId" in fix ? nameIn(groups, fix.groupId) : "";
    const hours = "minutes" in fix ? format.hours(fix.minutes / 60, fix.minutes % 60 === 0 ? 0 : 1) : "";
    const dates = "dates" in fix ? format.list(fix.dates.map((date) => format.date(date))) : "";
    return t(`open.fix.${fix.kind}`, { person, contract, group, hours, dates });
  };
}

/** Shifts by what keeps people from them, the most frequent cause first. */
function Causes(props: {
  readonly open: readonly OpenShift[];
  readonly roster: Roster;
  readonly looks: ReadonlyMap<string, TemplateLook>;
  readonly onOpen: (place: Partial<RosterPlace>) => void;
}) {
  const { open, roster, looks, onOpen } = props;
  const { t } = useTranslation("roster");
  const format = useFormat();
  const { groups } = usePlan();
  const byCause = useMemo(() => {
    const lists = new Map<OpenShift["cause"], OpenShift[]>();
    for (const one of open) lists.set(one.cause, [...(lists.get(one.cause) ?? []), one]);
    return [...lists].sort((a, b) => b[1].length - a[1].length);
  }, [open]);
  return (
    <>
      <h3 className="control-title">{t("open.causes")}</h3>
      {byCause.map(([cause, shifts]) => (
        <details key={cause} open={byCause.length === 1 || shifts.length <= 12}>
          <summary>
            {t(`open.cause.${cause}`)} <strong>{format.number(shifts.length)}</strong>
          </summary>
          <div className="open-table">
            <table aria-label={t(`open.cause.${cause}`)}>
              <thead>
                <tr>
                  <th scope="col">{t("open.day")}</th>
                  <th scope="col">{t("open.shift")}</th>
                  <th scope="col">{t("open.skill")}</th>
                  <th scope="col">{t("open.who")}</th>
                </tr>
              </thead>
              <tbody>
                {alike(shifts).map(([one, ...others]) => (
                  <tr key={one.shift.id}>
                    <td>
                      <button
                        type="button"
                        className="link-button"
                        onClick={() => onOpen({ date: one.shift.date, agentId: one.near[0]?.agentId })}
                      >
                        {format.date(one.shift.date)}
                      </button>
                    </td>
                    <td>
                      <ul className="open-people">
                        {timesOf([one, ...others]).map(({ shift, count }) => (
                          <li key={shift.id}>
                            {looks.get(shift.templateId)?.name ?? shift.templateId}{" "}
                            {shiftText(shift, roster.grid, format)}
                            {count > 1 ? ` × ${format.number(count)}` : ""}
                          </li>
                        ))}
                      </ul>
                    </td>
                    <td>{groups.find(({ id }) => id === one.shift.groupId)?.name ?? one.shift.groupId}</td>
                    <td>
                      <Who open={one} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      ))}
    </>
  );
}

/** Shifts of a day and skill to which the same people stand alike, together. */
function alike(open: readonly OpenShift[]): OpenShift[][] {
  const lists = new Map<string, OpenShift[]>();
  for (const one of open) {
    const key = JSON.stringify([one.shift.date, one.shift.groupId, one.near, one.counts]);
    lists.set(key, [...(lists.get(key) ?? []), one]);
  }
  return [...lists.values()];
}

/** Their templates and times, each once. */
function timesOf(
  open: readonly OpenShift[],
): { readonly shift: OpenShift["shift"]; readonly count: number }[] {
  const times = new Map<string, { shift: OpenShift["shift"]; count: number }>();
  for (const { shift } of open) {
    const key = `${shift.templateId} ${shift.startMinute} ${shift.endMinute}`;
    times.set(key, { shift: times.get(key)?.shift ?? shift, count: (times.get(key)?.count ?? 0) + 1 });
  }
  return [...times.values()];
}

/** Who could take a shift if which one thing gave way; of people who lack only the skill, how many there are. */
function Who({ open: { near, able, counts } }: { readonly open: OpenShift }) {
  const { t } = useTranslation("roster");
  const format = useFormat();
  const { agents } = usePlan();
  const named = near.filter(({ obstacles: [first] }) => first !== "working" && first !== "skill");
  const unskilled = near.filter(({ obstacles: [first] }) => first === "skill").length;
  return (
    <>
      {named.length > 0 && (
        <ul className="open-people">
          {named.slice(0, namedPeople).map(({ agentId, obstacles: [obstacle], isBorder }) => (
            <li key={agentId}>
              {agents.find(({ id }) => id === agentId)?.name ?? agentId}
              {": "}
              {obstacle === undefined ? t("open.obstacle.free") : t(`open.obstacle.${obstacle}`)}
              {isBorder ? ` ${t("open.border")}` : ""}
            </li>
          ))}
        </ul>
      )}
      <small className="inherited">
        {[
          ...(named.length > namedPeople ? [t("open.more", { count: named.length - namedPeople })] : []),
          t("open.able", { count: able, working: format.number(counts.working ?? 0) }),
          ...(unskilled > 0 ? [t("open.unskilled", { count: unskilled })] : []),
        ].join(" · ")}
      </small>
    </>
  );
}
