import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { newContract, nextId } from "../../../domain/plan/edit-people.ts";
import type { Contract } from "../../../domain/plan/roster.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { parseNumber } from "../../kit/controls/parse-number.ts";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { ShiftRules } from "./shift-rules.tsx";

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
  { field: "maximumMinutesPerDay", perUnit: 60, least: 1, empty: "absent" },
  { field: "minimumMinutesPerPeriod", perUnit: 60, least: 0, empty: "absent" },
  { field: "maximumMinutesPerPeriod", perUnit: 60, least: 1, empty: "absent" },
  { field: "minimumRestMinutes", perUnit: 60, least: 0 },
  { field: "maximumConsecutiveDays", perUnit: 1, least: 1 },
  { field: "minimumConsecutiveDays", perUnit: 1, least: 1 },
  { field: "minimumConsecutiveDaysOff", perUnit: 1, least: 1 },
  { field: "maximumWeekends", perUnit: 1, least: 0, empty: null },
  { field: "maximumConsecutiveWeekends", perUnit: 1, least: 1, empty: "absent" },
  { field: "maximumNights", perUnit: 1, least: 0, empty: "absent" },
  { field: "maximumConsecutiveNights", perUnit: 1, least: 1, empty: "absent" },
];
/** Limits that may not cross, with the error of whoever is typed last. */
const pairs: readonly (readonly [least: Amount, most: Amount])[] = [
  ["minimumMinutesPerWeek", "maximumMinutesPerWeek"],
  ["minimumMinutesPerPeriod", "maximumMinutesPerPeriod"],
  ["minimumConsecutiveDays", "maximumConsecutiveDays"],
];

/** Kinds of employment: their hours, rest and runs in a grid, and the rules on single shifts of the one that is chosen. */
export function ContractsSection() {
  const { t } = useTranslation("people");
  const headingId = useId();
  const { store } = useDesk();
  const { contracts, agents } = usePlan();
  const [chosenId, setChosenId] = useState(contracts[0]?.id ?? "");
  const [isLeaving, setIsLeaving] = useState(false);
  const row = Math.max(
    0,
    contracts.findIndex(({ id }) => id === chosenId),
  );
  const chosen: Contract | undefined = contracts[row];
  const holders = agents.filter(({ contractId }) => contractId === chosen?.id).length;
  function change(id: string, next: Partial<Contract>): null {
    store.edit("people:edit.contract", (before) => ({
      ...before,
      contracts: before.contracts.map((contract) =>
        contract.id === id ? { ...contract, ...next } : contract,
      ),
    }));
    return null;
  }
  function remove(toId: string | null): void {
    setIsLeaving(false);
    store.edit("people:edit.removeContract", (before) => ({
      ...before,
      contracts: before.contracts.filter(({ id }) => id !== chosen?.id),
      agents: before.agents.map((agent) =>
        agent.contractId === chosen?.id && toId !== null ? { ...agent, contractId: toId } : agent,
      ),
    }));
  }
  const columns = useContractColumns(change);
  return (
    <section className="people-section" aria-labelledby={headingId}>
      <h2 id={headingId} className="control-title">
        {t("contracts.title")}
      </h2>
      <DataGrid
        label={t("contracts.title")}
        rows={contracts}
        rowKey={({ id }) => id}
        columns={columns}
        frozenColumns={1}
        height={240}
        selectedRows={{ first: row, end: row + 1 }}
        onSelectRows={({ first }) => contracts[first] && setChosenId(contracts[first].id)}
        empty={t("contracts.none")}
      />
      <div className="people-tools">
        <Button
          onClick={() =>
            store.edit("people:edit.contract", (before) => {
              const id = nextId("contract", before.contracts);
              return { ...before, contracts: [...before.contracts, newContract(id, t("contracts.newName"))] };
            })
          }
        >
          {t("contracts.add")}
        </Button>
        {chosen !== undefined && contracts.length > 1 && (
          <Button
            aria-expanded={isLeaving}
            onClick={() => (holders === 0 ? remove(null) : setIsLeaving(true))}
          >
            {t("contracts.remove", { contract: chosen.name })}
          </Button>
        )}
      </div>
      {isLeaving && chosen !== undefined && holders > 0 && (
        <RemoveContract
          key={chosen.id}
          contract={chosen}
          holders={holders}
          onRemove={remove}
          onCancel={() => setIsLeaving(false)}
        />
      )}
      {chosen !== undefined && (
        <ShiftRules key={chosen.id} contract={chosen} onChange={(next) => change(chosen.id, next)} />
      )}
    </section>
  );
}

function useContractColumns(change: (id: string, next: Partial<Contract>) => null): Column<Contract>[] {
  const { t } = useTranslation("people");
  const format = useFormat();
  const { contracts, agents } = usePlan();
  const count = (id: string) => agents.filter(({ contractId }) => contractId === id).length;
  return [
    {
      id: "name",
      header: t("column.contract"),
      width: 150,
      text: ({ name }) => name,
      onEdit({ id }, _, text) {
        const name = text.trim();
        if (name === "") return t("refusal.nameNeeded");
        const isTaken = contracts.some(
          (other) => other.id !== id && other.name.toLowerCase() === name.toLowerCase(),
        );
        return isTaken ? t("contracts.taken", { name }) : change(id, { name });
      },
    },
    {
      id: "people",
      header: t("title"),
      width: 64,
      align: "right",
      text: ({ id }) => format.number(count(id)),
      tone: () => "quiet",
    },
    ...amounts.map(
      ({ field, perUnit, least, empty }): Column<Contract> => ({
        id: field,
        header: t(`contract.${field}`),
        width: 138,
        align: "right",
        text: (contract) => {
          const value = contract[field];
          return value === null || value === undefined
            ? "—"
            : format.number(
                value / perUnit,
                value % perUnit === 0 ? 0 : (value * 10) % perUnit === 0 ? 1 : 2,
              );
        },
        onEdit: (contract, _, text) => {
          if (empty !== undefined && ["", "—", "-"].includes(text.trim()))
            return change(contract.id, { [field]: empty === null ? null : undefined });
          const value = parseNumber(text, format.locale);
          const isFine = value !== null && value >= least && (perUnit > 1 || Number.isInteger(value));
          if (!isFine) return t(perUnit > 1 ? "contracts.hours" : "contracts.whole", { least });
          const next = { ...contract, [field]: Math.round(value * perUnit) };
          const crosses = pairs.some(
            ([low, high]) => (low === field || high === field) && (next[low] ?? 0) > (next[high] ?? Infinity),
          );
          return crosses ? t("contracts.crossed") : change(contract.id, { [field]: next[field] });
        },
      }),
    ),
  ];
}

/** Asks which contract the people of one that goes have instead. */
function RemoveContract(props: {
  readonly contract: Contract;
  readonly holders: number;
  readonly onRemove: (toId: string) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation("people");
  const { contracts } = usePlan();
  const others = contracts.filter(({ id }) => id !== props.contract.id);
  const [toId, setToId] = useState(others[0].id);
  return (
    <fieldset className="people-ask">
      <legend className="field-label">{t("contracts.remove", { contract: props.contract.name })}</legend>
      <p role="status">{t("contracts.holders", { count: props.holders })}</p>
      <div className="people-fields">
        <SelectField
          label={t("contracts.instead")}
          value={toId}
          options={others.map(({ id, name }) => ({ value: id, name }))}
          onChange={setToId}
        />
      </div>
      <div className="people-tools">
        <Button look="danger" onClick={() => props.onRemove(toId)}>
          {t("contracts.remove", { contract: props.contract.name })}
        </Button>
        <Button onClick={props.onCancel}>{t("cancel")}</Button>
      </div>
    </fieldset>
  );
}
