import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { isLocalDate } from "../../../domain/calendar/clock.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { Award, Roster, Wish } from "../../../domain/plan/roster.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { parseNumber } from "../../kit/controls/parse-number.ts";
import { useFormat } from "../../kit/use-format.ts";
import { PlanFileButtons } from "./plan-file-buttons.tsx";
import { wishesFile, withWishesOf } from "./roster-files.ts";
import { isRefusal } from "./roster-rows.ts";

interface Bid {
  readonly agentId: string;
  /** Place in the agent's list. */
  readonly at: number;
  readonly wish: Wish;
}

/** Everybody's wishes, typed or pasted, and what came of each: granted, or why not. */
export function BidsTable({ roster }: { readonly roster: Roster | null }) {
  const { t } = useTranslation("roster");
  const { store } = useDesk();
  const format = useFormat();
  const plan = usePlan();
  const [selected, setSelected] = useState({ first: 0, end: 0 });
  const bids = useMemo(
    () => plan.agents.flatMap(({ id, wishes }) => wishes.map((wish, at): Bid => ({ agentId: id, at, wish }))),
    [plan.agents],
  );
  const endOf = useEnds(roster);
  const columns = useBidColumns(endOf);
  const granted = bids.filter((bid) => endOf(bid).granted).length;
  const judged = bids.filter((bid) => endOf(bid).granted !== null).length;
  return (
    <>
      {judged > 0 && <p>{t("bids.summary", { granted: format.number(granted), count: judged })}</p>}
      <DataGrid
        label={t("bids.label")}
        rows={bids}
        rowKey={({ agentId, at }) => `${agentId} ${at}`}
        columns={columns}
        frozenColumns={1}
        height={320}
        onSelectRows={setSelected}
        empty={t("bids.none")}
      />
      <div className="people-buttons">
        <Button onClick={() => store.edit("roster:edit.wish", withNewWish)}>{t("bids.add")}</Button>
        <Button
          disabled={selected.end === selected.first}
          onClick={() => {
            const gone = new Set(bids.slice(selected.first, selected.end).map(({ wish }) => wish));
            store.edit("roster:edit.wish", (before) => withoutWishes(before, gone));
            setSelected({ first: 0, end: 0 });
          }}
        >
          {t("bids.remove", { count: selected.end - selected.first })}
        </Button>
        <PlanFileButtons
          part="wishes"
          outLabel={t("bids.out")}
          inLabel={t("bids.in")}
          file={wishesFile}
          withFile={withWishesOf}
        />
      </div>
    </>
  );
}

/** Agent, date, wish and its weight, each to be typed over; and what came of it. */
function useBidColumns(endOf: (bid: Bid) => End): Column<Bid>[] {
  const { t } = useTranslation("roster");
  const { store } = useDesk();
  const format = useFormat();
  const plan = usePlan();
  const names = useMemo(() => new Map(plan.agents.map(({ id, name }) => [id, name])), [plan.agents]);
  const endWords = useEndWords(names);
  function replace(bid: Bid, wish: Wish, toAgent = bid.agentId): null {
    store.edit("roster:edit.wish", (before) => withWishReplaced(before, bid, wish, toAgent));
    return null;
  }
  const isSame = (a: string, b: string) => a.toLowerCase() === b.trim().toLowerCase();
  const templateName = (id: string | null) =>
    id === null ? t("bids.any") : (plan.templates.find((template) => template.id === id)?.name ?? id);
  return [
    {
      id: "agent",
      header: t("column.agent"),
      width: 160,
      text: ({ agentId }) => names.get(agentId) ?? agentId,
      onEdit: (bid, _, text) => {
        const agent = plan.agents.find(({ id, name }) => isSame(name, text) || isSame(id, text));
        return agent ? replace(bid, bid.wish, agent.id) : t("bids.noSuchAgent");
      },
    },
    {
      id: "date",
      header: t("bids.date"),
      width: 96,
      text: ({ wish }) => wish.date,
      onEdit: (bid, _, text) =>
        isLocalDate(text.trim()) ? replace(bid, { ...bid.wish, date: text.trim() }) : t("people.notADate"),
    },
    {
      id: "kind",
      header: t("bids.kind"),
      width: 84,
      text: ({ wish }) => t(`wish.${wish.kind}`),
      onEdit: (bid, _, text) => {
        const kind = (["shiftOn", "shiftOff"] as const).find(
          (value) => isSame(t(`wish.${value}`), text) || isSame(value, text),
        );
        return kind
          ? replace(bid, { ...bid.wish, kind })
          : t("people.unknown", { known: `${t("wish.shiftOn")}, ${t("wish.shiftOff")}` });
      },
    },
    {
      id: "shift",
      header: t("bids.shift"),
      width: 100,
      text: ({ wish }) => templateName(wish.templateId),
      onEdit: (bid, _, text) => {
        if (text.trim() === "" || isSame(t("bids.any"), text))
          return replace(bid, { ...bid.wish, templateId: null });
        const template = plan.templates.find(({ id, name }) => isSame(name, text) || isSame(id, text));
        return template
          ? replace(bid, { ...bid.wish, templateId: template.id })
          : t("people.unknown", { known: plan.templates.map(({ name }) => name).join(", ") });
      },
    },
    {
      id: "weight",
      header: t("person.weight"),
      width: 64,
      align: "right",
      text: ({ wish }) => format.number(wish.weight, Number.isInteger(wish.weight) ? 0 : 2),
      onEdit: (bid, _, text) => {
        const weight = parseNumber(text, format.locale);
        return weight !== null && weight > 0
          ? replace(bid, { ...bid.wish, weight })
          : t("bids.weightAboveZero");
      },
    },
    {
      id: "end",
      header: t("bids.end"),
      width: 320,
      text: (bid) => endWords(endOf(bid)),
      tone: (bid) => (endOf(bid).granted === false ? "short" : undefined),
    },
  ];
}

/** "Granted, rank 4", or in what round it was refused, and because of what or whom. */
function useEndWords(names: ReadonlyMap<string, string>): (end: End) => string {
  const { t } = useTranslation("roster");
  const format = useFormat();
  return ({ granted, award }) => {
    if (granted === null) return "—";
    const turn = award ? `, ${t("bids.turn", { rank: award.rank, round: award.round })}` : "";
    if (granted) return `${t("bids.granted")}${turn}`;
    if (!award?.refusal) return t("bids.refused");
    const reason = t(`bids.reason.${award.refusal}`, {
      rules: format.list(award.rules.map((rule) => t(`rule.${rule}`))),
      agents: format.list(award.takenBy.map((id) => names.get(id) ?? id)),
    });
    return `${reason}${turn}`;
  };
}

/** A wish in the place of another, or added to what another agent wishes for. */
function withWishReplaced(plan: Plan, { agentId, at }: Bid, wish: Wish, toAgent: string): Plan {
  const agents = plan.agents.map((agent) => {
    const { wishes } = agent;
    if (agent.id === agentId && agent.id === toAgent)
      return { ...agent, wishes: [...wishes.slice(0, at), wish, ...wishes.slice(at + 1)] };
    if (agent.id === agentId) return { ...agent, wishes: wishes.filter((_, index) => index !== at) };
    return agent.id === toAgent ? { ...agent, wishes: [...wishes, wish] } : agent;
  });
  return { ...plan, agents };
}

/** A day off wished for by the first agent on the first day, to be typed over. */
function withNewWish(plan: Plan): Plan {
  const wish: Wish = { date: plan.firstDate, kind: "shiftOff", templateId: null, weight: 1 };
  const [first, ...others] = plan.agents;
  return { ...plan, agents: [{ ...first, wishes: [...first.wishes, wish] }, ...others] };
}

function withoutWishes(plan: Plan, gone: ReadonlySet<Wish>): Plan {
  const agents = plan.agents.map((agent) =>
    agent.wishes.some((wish) => gone.has(wish))
      ? { ...agent, wishes: agent.wishes.filter((wish) => !gone.has(wish)) }
      : agent,
  );
  return { ...plan, agents };
}

interface End {
  /** null: not known, or outside of the roster's days. */
  readonly granted: boolean | null;
  readonly award: Award | null;
}

/** What came of each wish in this roster. */
function useEnds(roster: Roster | null): (bid: Bid) => End {
  return useMemo(() => {
    const key = (agentId: string, { date, kind, templateId }: Wish) =>
      `${agentId} ${date} ${kind} ${templateId}`;
    const awards = new Map(roster?.awards?.map((award) => [key(award.agentId, award.wish), award]));
    const refused = new Set(
      roster?.violations.filter(isRefusal).map(({ agentId, date }) => `${agentId} ${date}`),
    );
    return ({ agentId, wish }) => {
      const day = roster ? (Date.parse(wish.date) - Date.parse(roster.grid.firstDate)) / 86_400_000 : -1;
      if (roster === null || day < 0 || day >= roster.grid.dayCount) return { granted: null, award: null };
      // The roster as it stands decides; the award says why.
      const award = awards.get(key(agentId, wish)) ?? null;
      return { granted: !refused.has(`${agentId} ${wish.date}`), award };
    };
  }, [roster]);
}
