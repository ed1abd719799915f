import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isLocalDate } from "../../../domain/calendar/clock.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { Agent, Contract } from "../../../domain/plan/roster.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { parseNumber } from "../../kit/controls/parse-number.ts";
import { useFormat } from "../../kit/use-format.ts";

/** Who there is and what they have agreed to: agents and contracts, typed or pasted. */
export function PeopleView() {
  return (
    <div className="people">
      <Agents />
      <Contracts />
    </div>
  );
}

function Agents() {
  const { t } = useTranslation("roster");
  const { store } = useDesk();
  const plan = usePlan();
  const [rows, setRows] = useState({ first: 0, end: 0 });
  const change = (id: string, next: Partial<Agent>): null => {
    store.edit("roster:edit.people", (before) => ({
      ...before,
      agents: before.agents.map((agent) => (agent.id === id ? { ...agent, ...next } : agent)),
    }));
    return null;
  };
  /** Takes a name out of a list, by name or id, whatever the case. */
  const named = <T extends { readonly id: string; readonly name: string }>(
    list: readonly T[],
    text: string,
  ): T | undefined =>
    list.find(({ id, name }) =>
      [id, name].some((known) => known.toLowerCase() === text.trim().toLowerCase()),
    );
  const nameOf = (list: readonly { readonly id: string; readonly name: string }[], id: string) =>
    list.find((entry) => entry.id === id)?.name ?? id;
  const columns: Column<Agent>[] = [
    {
      id: "name",
      header: t("column.agent"),
      width: 180,
      text: ({ name }) => name,
      onEdit: ({ id }, _, text) =>
        text.trim() === "" ? t("people.nameNeeded") : change(id, { name: text.trim() }),
    },
    {
      id: "team",
      header: t("column.team"),
      width: 110,
      text: ({ team }) => team,
      onEdit: ({ id }, _, text) => change(id, { team: text.trim() }),
    },
    {
      id: "group",
      header: t("people.group"),
      width: 150,
      text: ({ groupId }) => nameOf(plan.groups, groupId),
      onEdit: ({ id }, _, text) => {
        const group = named(plan.groups, text);
        return group
          ? change(id, { groupId: group.id })
          : t("people.unknown", { known: plan.groups.map(({ name }) => name).join(", ") });
      },
    },
    {
      id: "contract",
      header: t("people.contract"),
      width: 170,
      text: ({ contractId }) => nameOf(plan.contracts, contractId),
      onEdit: ({ id }, _, text) => {
        const contract = named(plan.contracts, text);
        return contract
          ? change(id, { contractId: contract.id })
          : t("people.unknown", { known: plan.contracts.map(({ name }) => name).join(", ") });
      },
    },
    {
      id: "joined",
      header: t("people.joined"),
      width: 110,
      text: ({ joined }) => joined,
      onEdit: ({ id }, _, text) =>
        isLocalDate(text.trim()) ? change(id, { joined: text.trim() }) : t("people.notADate"),
    },
    {
      id: "daysOff",
      header: t("people.daysOff"),
      width: 320,
      text: ({ daysOff }) => daysOff.join(" "),
      onEdit: ({ id }, _, text) => {
        const dates = text.split(/[\s,;]+/).filter((part) => part !== "");
        return dates.every(isLocalDate)
          ? change(id, { daysOff: [...new Set(dates)].sort() })
          : t("people.notADate");
      },
    },
  ];
  const selected = plan.agents.slice(rows.first, rows.end);
  return (
    <section aria-label={t("people.agents")}>
      <h2 className="control-title">{t("people.agents")}</h2>
      <DataGrid
        label={t("people.agents")}
        rows={plan.agents}
        rowKey={({ id }) => id}
        columns={columns}
        frozenColumns={1}
        height={380}
        onSelectRows={setRows}
        empty={t("people.nobody")}
      />
      <div className="people-buttons">
        <Button
          onClick={() =>
            store.edit("roster:edit.people", (before) => withNewAgents(before, 1, t("people.newName")))
          }
        >
          {t("people.add")}
        </Button>
        <Button
          onClick={() =>
            store.edit("roster:edit.people", (before) => withNewAgents(before, 10, t("people.newName")))
          }
        >
          {t("people.addTen")}
        </Button>
        <Button
          disabled={selected.length === 0}
          onClick={() => {
            const gone = new Set(selected.map(({ id }) => id));
            store.edit("roster:edit.people", (before) => ({
              ...before,
              agents: before.agents.filter(({ id }) => !gone.has(id)),
            }));
            setRows({ first: 0, end: 0 });
          }}
        >
          {t("people.remove", { count: selected.length })}
        </Button>
      </div>
      <p className="inherited">{t("people.hint")}</p>
    </section>
  );
}

type Amount =
  | "minimumMinutesPerWeek"
  | "maximumMinutesPerWeek"
  | "maximumConsecutiveDays"
  | "minimumConsecutiveDays"
  | "minimumConsecutiveDaysOff"
  | "maximumWeekends"
  | "maximumConsecutiveWeekends"
  | "minimumRestMinutes"
  | "maximumMinutesPerDay"
  | "minimumMinutesPerPeriod"
  | "maximumMinutesPerPeriod"
  | "maximumNights"
  | "maximumConsecutiveNights";

/** A column of contracts; shown in hours where the domain counts minutes. */
interface AmountColumn {
  readonly field: Amount;
  readonly perUnit: number;
  readonly least: number;
  /** What an empty cell stands for; absent: it must be filled. */
  readonly empty?: null | "absent";
}
const amounts: readonly AmountColumn[] = [
  { field: "minimumMinutesPerWeek", perUnit: 60, least: 0 },
  { field: "maximumMinutesPerWeek", perUnit: 60, least: 1 },
  { field: "maximumConsecutiveDays", perUnit: 1, least: 1 },
  { field: "minimumConsecutiveDays", perUnit: 1, least: 1 },
  { field: "minimumConsecutiveDaysOff", perUnit: 1, least: 1 },
  { field: "maximumWeekends", perUnit: 1, least: 0, empty: null },
  { field: "maximumConsecutiveWeekends", perUnit: 1, least: 1, empty: "absent" },
  { field: "minimumRestMinutes", perUnit: 60, least: 0 },
  { field: "maximumMinutesPerDay", perUnit: 60, least: 1, empty: "absent" },
  { field: "minimumMinutesPerPeriod", perUnit: 60, least: 0, empty: "absent" },
  { field: "maximumMinutesPerPeriod", perUnit: 60, least: 1, empty: "absent" },
  { field: "maximumNights", perUnit: 1, least: 0, empty: "absent" },
  { field: "maximumConsecutiveNights", perUnit: 1, least: 1, empty: "absent" },
];

function Contracts() {
  const { t } = useTranslation("roster");
  const { store } = useDesk();
  const plan = usePlan();
  const format = useFormat();
  const change = (id: string, next: Partial<Contract>): null => {
    store.edit("roster:edit.contract", (before) => ({
      ...before,
      contracts: before.contracts.map((contract) =>
        contract.id === id ? { ...contract, ...next } : contract,
      ),
    }));
    return null;
  };
  const columns: Column<Contract>[] = [
    {
      id: "name",
      header: t("people.contract"),
      width: 170,
      text: ({ name }) => name,
      onEdit: ({ id }, _, text) =>
        text.trim() === "" ? t("people.nameNeeded") : change(id, { name: text.trim() }),
    },
    ...amounts.map(
      ({ field, perUnit, least, empty }): Column<Contract> => ({
        id: field,
        header: t(`contract.${field}`),
        width: 116,
        align: "right",
        text: (contract) => {
          const value = contract[field];
          return value === null || value === undefined
            ? "—"
            : format.number(value / perUnit, perUnit === 1 || value % perUnit === 0 ? 0 : 2);
        },
        onEdit: ({ id }, _, text) => {
          if (empty !== undefined && ["", "—", "-"].includes(text.trim()))
            return change(id, { [field]: empty === null ? null : undefined });
          const value = parseNumber(text, format.locale);
          const isFine = value !== null && value >= least && (perUnit > 1 || Number.isInteger(value));
          return isFine
            ? change(id, { [field]: Math.round(value * perUnit) })
            : t("people.notANumber", { least });
        },
      }),
    ),
  ];
  return (
    <section aria-label={t("people.contracts")}>
      <h2 className="control-title">{t("people.contracts")}</h2>
      <DataGrid
        label={t("people.contracts")}
        rows={plan.contracts}
        rowKey={({ id }) => id}
        columns={columns}
        frozenColumns={1}
        height={200}
      />
      <div className="people-buttons">
        <Button
          onClick={() =>
            store.edit("roster:edit.contract", (before) => ({
              ...before,
              contracts: [
                ...before.contracts,
                newContract(freshId("contract", before.contracts), t("people.newContract")),
              ],
            }))
          }
        >
          {t("people.addContract")}
        </Button>
      </div>
    </section>
  );
}

function withNewAgents(plan: Plan, count: number, name: string): Plan {
  const contracts = plan.contracts.length > 0 ? plan.contracts : [newContract("contract-1", "40 h")];
  const agents = [...plan.agents];
  for (let added = 0; added < count; added++) {
    agents.push({
      id: freshId("agent", agents),
      name: `${name} ${agents.length + 1}`,
      team: agents.at(-1)?.team ?? "",
      groupId: agents.at(-1)?.groupId ?? plan.groups[0].id,
      contractId: agents.at(-1)?.contractId ?? contracts[0].id,
      proficiency: 1,
      joined: plan.firstDate,
      daysOff: [],
      wishes: [],
    });
  }
  return { ...plan, contracts, agents };
}

/** Forty hours at most, eleven hours of rest, at most five days in a row: to be changed, not to be right. */
function newContract(id: string, name: string): Contract {
  return {
    id,
    name,
    minimumMinutesPerWeek: 0,
    maximumMinutesPerWeek: 2400,
    maximumConsecutiveDays: 5,
    minimumConsecutiveDays: 1,
    minimumConsecutiveDaysOff: 1,
    maximumWeekends: null,
    minimumRestMinutes: 660,
  };
}

function freshId(stem: string, list: readonly { readonly id: string }[]): string {
  const known = new Set(list.map(({ id }) => id));
  let number = list.length + 1;
  while (known.has(`${stem}-${number}`)) number++;
  return `${stem}-${number}`;
}
