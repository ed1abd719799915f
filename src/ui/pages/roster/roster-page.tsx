import { useMemo, useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import type { Roster } from "../../../domain/plan/roster.ts";
import type { Shift } from "../../../domain/plan/shift.ts";
import { EmptyPage, Page, RunStage } from "../../frame/page.tsx";
import { pageHref } from "../../frame/route.ts";
import { useDesk, usePlan, useResult, useSession } from "../../frame/session-context.tsx";
import { EmptyState } from "../../kit/controls/empty-state.tsx";
import { Tabs } from "../../kit/controls/tabs.tsx";
import { useIsPhone } from "../../kit/phone.ts";
import { useFormat } from "../../kit/use-format.ts";
import { BuildControls, ProposalBar } from "./build-panel.tsx";
import { ConflictPanel } from "./conflict-panel.tsx";
import { ExchangePanel } from "./exchange-panel.tsx";
import { FairnessView } from "./fairness-view.tsx";
import { rosterFinding } from "./finding.ts";
import { OpenView } from "./open-view.tsx";
import { PersonView } from "./person-view.tsx";
import { PlacePanel } from "./place-panel.tsx";
import type { SheetKind } from "./print-sheets.tsx";
import { PublishedLine, PublishView } from "./publish-view.tsx";
import type { RosterPlace } from "./roster-edits.ts";
import { RosterView } from "./roster-view.tsx";
import { RulesView } from "./rules-view.tsx";
import { SelectionPanel } from "./selection-panel.tsx";
import { templateLooks } from "./shift-words.ts";
import { ViolationsPanel } from "./violations-panel.tsx";
import "./roster.css";

/** Roster: agents down, days across; a new roster lands as a proposal when there is one already. */
export function RosterPage() {
  const { t } = useTranslation("roster");
  const plan = usePlan();
  const schedule = useResult("schedule");
  // Not deferred: an edit in the grid must answer at once.
  const made = useSession((state) => state.document.results.roster);
  const proposal = useSession((state) => state.proposals.roster);
  const roster = proposal?.value ?? made?.value ?? null;
  if (plan.agents.length === 0)
    return (
      <EmptyPage title={t("title")} text={t("noAgents")}>
        <a href={pageHref("people")}>{t("toPeople")}</a>
      </EmptyPage>
    );
  if (roster === null && schedule === null)
    return (
      <EmptyPage title={t("title")} text={t("noShifts")}>
        <RunStage stage="roster" label={t("build")} />
      </EmptyPage>
    );
  if (roster === null)
    return (
      <Page
        title={t("title")}
        finding={{ text: t("notYet") }}
        controls={<BuildControls roster={null} before={null} />}
      >
        <EmptyState title={t("empty.title")} text={t("empty.text", { agents: plan.agents.length })} />
        <RulesView roster={null} editable={false} />
      </Page>
    );
  return <RosteredPage roster={roster} before={proposal ? (made?.value ?? null) : null} />;
}

const tabs = ["grid", "open", "person", "fairness", "rules", "publish"] as const;

function RosteredPage({ roster, before }: { readonly roster: Roster; readonly before: Roster | null }) {
  const { t } = useTranslation("roster");
  const { store } = useDesk();
  const format = useFormat();
  const plan = usePlan();
  const isWritable = useSession((state) => state.writable);
  const isProposal = useSession((state) => state.proposals.roster !== null);
  const isPhone = useIsPhone();
  const editable = isWritable && !isProposal && !isPhone;
  const [tab, setTab] = useState<(typeof tabs)[number]>("grid");
  const [sheets, setSheets] = useState<SheetKind>("teams");
  const [cursor, setCursor] = useState<RosterPlace | null>(null);
  const [selection, setSelection] = useState<readonly RosterPlace[]>([]);
  // Shifts whose replacements are asked for, one after the other.
  const [wanted, setWanted] = useState<readonly Shift[]>([]);
  const ask = (opened: readonly Shift[]) =>
    setWanted([...opened].sort((a, b) => a.startMinute - b.startMinute));
  const taken = new Set(roster.assignments.map(({ shift }) => shift.id));
  const stillWanted = wanted.filter(({ id }) => !taken.has(id));
  const looks = useMemo(() => templateLooks(plan), [plan]);
  const openPlace = ({ agentId, date }: Partial<RosterPlace>): void => {
    if (date) store.setView({ date });
    if (!agentId) return;
    setTab("grid");
    setCursor({ agentId, date: date ?? roster.grid.firstDate });
  };
  function print(kind: SheetKind): void {
    // The sheets hang in the grid's tab, and must be there before the browser looks.
    flushSync(() => {
      setTab("grid");
      setSheets(kind);
    });
    window.print();
  }
  return (
    <Page
      title={t("title")}
      finding={rosterFinding(roster, t, format)}
      chart={
        isProposal ? (
          <ProposalBar roster={roster} before={before} />
        ) : tab === "publish" ? undefined : (
          <PublishedLine roster={roster} onOpen={() => setTab("publish")} />
        )
      }
      grid={
        <Tabs
          label={t("tabs.label")}
          value={tab}
          tabs={tabs.map((value) => ({ value, name: t(`tabs.${value}`) }))}
          onChange={setTab}
        >
          {tab === "publish" ? (
            <PublishView roster={roster} />
          ) : tab === "rules" ? (
            <RulesView roster={roster} editable={editable} />
          ) : tab === "person" ? (
            <PersonView
              roster={roster}
              agentId={cursor?.agentId ?? null}
              looks={looks}
              onChoose={(agentId) => setCursor({ agentId, date: cursor?.date ?? store.state().view.date })}
              onOpen={openPlace}
            />
          ) : tab === "open" ? (
            <OpenView roster={roster} looks={looks} editable={editable} onOpen={openPlace} />
          ) : tab === "fairness" ? (
            <FairnessView roster={roster} before={before} />
          ) : (
            <RosterView
              roster={roster}
              before={before}
              looks={looks}
              cursor={cursor}
              onCursor={setCursor}
              onSelection={setSelection}
              editable={editable}
              sheets={sheets}
            />
          )}
        </Tabs>
      }
      controls={
        <>
          <BuildControls roster={roster} before={before} />
          {isPhone && <p className="inherited">{t("readOnlyOnPhone")}</p>}
          {editable && selection.length > 1 && tab === "grid" && (
            <SelectionPanel roster={roster} places={selection} onOpened={ask} />
          )}
          {cursor && (
            <PlacePanel
              roster={roster}
              place={cursor}
              looks={looks}
              editable={editable}
              wanted={stillWanted[0] ?? null}
              onWanted={(shift) => setWanted(shift === null ? stillWanted.slice(1) : [shift])}
              onOpened={ask}
              onOpenPerson={() => setTab("person")}
            />
          )}
          <ConflictPanel onOpen={openPlace} />
          <ViolationsPanel roster={roster} onOpen={openPlace} />
          <ExchangePanel place={cursor} editable={editable} onPrint={print} />
          <p className="inherited">
            <a href={pageHref("periods")}>{t("nextPeriod")}</a>
          </p>
        </>
      }
    />
  );
}
