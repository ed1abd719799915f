import { useState } from "react";
import type { ColumnMeaning, PeopleListHabits } from "../../../domain/plan/people-list.ts";
import type { Departure } from "../../../domain/plan/update-people.ts";
import type { DateOrder } from "../../../files/clock-cells.ts";
import { recogniseColumns } from "../../../files/people-columns.ts";
import type { PeopleTable } from "../../../files/people-list.ts";
import { usePlan } from "../../frame/session-context.tsx";

/** What a person settles about a list; it begins with what was settled for the one before. */
export interface ImportAnswers {
  readonly columns: readonly ColumnMeaning[];
  readonly setColumns: (columns: readonly ColumnMeaning[]) => void;
  readonly dateOrder: DateOrder | null;
  readonly setDateOrder: (order: DateOrder) => void;
  readonly skills: PeopleListHabits["skills"];
  readonly setSkill: (text: string, queueId: string | null | undefined) => void;
  readonly contracts: PeopleListHabits["contracts"];
  readonly setContract: (text: string, contractId: string) => void;
  readonly departures: ReadonlyMap<string, Departure>;
  readonly setDepartures: (departures: ReadonlyMap<string, Departure>) => void;
}

export function useAnswers(table: PeopleTable, habits: PeopleListHabits | undefined): ImportAnswers {
  const { queues } = usePlan();
  const [columns, setColumns] = useState<readonly ColumnMeaning[]>(() =>
    recogniseColumns(table.headings, queues, habits),
  );
  const [dateOrder, setDateOrder] = useState<DateOrder | null>(habits?.dateOrder ?? null);
  const [skills, setSkills] = useState(habits?.skills ?? []);
  const [contracts, setContracts] = useState(habits?.contracts ?? []);
  const [departures, setDepartures] = useState<ReadonlyMap<string, Departure>>(new Map());
  return {
    columns,
    setColumns,
    dateOrder,
    setDateOrder,
    skills,
    setSkill: (text, queueId) =>
      setSkills((before) => [
        ...before.filter((entry) => entry.text !== text),
        ...(queueId === undefined ? [] : [{ text, queueId }]),
      ]),
    contracts,
    setContract: (text, contractId) =>
      setContracts((before) => [
        ...before.filter((entry) => entry.text !== text),
        ...(contractId === "" ? [] : [{ text, contractId }]),
      ]),
    departures,
    setDepartures,
  };
}
