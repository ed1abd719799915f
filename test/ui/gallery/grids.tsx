import { useState } from "react";
import { type Column, DataGrid } from "../../../src/ui/kit/controls/data-grid.tsx";
import { formatFor } from "../../../src/ui/kit/format.ts";
import { Specimen, State } from "./specimen.tsx";

interface Interval {
  readonly name: string;
  readonly required: number;
  readonly scheduled: number;
}

const firstRows: readonly Interval[] = Array.from({ length: 96 }, (_, index) => ({
  name: `${String(Math.floor(index / 4)).padStart(2, "0")}:${String((index % 4) * 15).padStart(2, "0")}`,
  required: Math.max(0, Math.round(20 * Math.sin(((index - 24) * Math.PI) / 60))),
  scheduled: Math.max(0, Math.round(20 * Math.sin(((index - 26) * Math.PI) / 58))),
}));

const columns: readonly Column<Interval>[] = [
  { id: "name", header: "Interval", width: 90, text: ({ name }) => name },
  {
    id: "required",
    header: "Required",
    width: 90,
    align: "right",
    text: ({ required }) => String(required),
  },
  {
    id: "scheduled",
    header: "Scheduled",
    width: 90,
    align: "right",
    text: ({ scheduled }) => String(scheduled),
  },
  {
    id: "net",
    header: "Net",
    width: 90,
    align: "right",
    text: ({ required, scheduled }) => formatFor("en").signed(scheduled - required),
    tone: ({ required, scheduled }) =>
      scheduled < required ? "short" : scheduled > required ? "spare" : "quiet",
    hint: ({ required, scheduled }) => (scheduled < required ? "Short" : undefined),
  },
];

export function GridSpecimens() {
  const [rows, setRows] = useState(firstRows);
  const editable = columns.map((column) =>
    column.id === "required"
      ? {
          ...column,
          onEdit: (_: Interval, at: number, text: string) => {
            const required = Number(text);
            if (!Number.isInteger(required) || required < 0) return `“${text}” is no number of agents.`;
            setRows(rows.map((row, index) => (index === at ? { ...row, required } : row)));
            return null;
          },
        }
      : column,
  );
  return (
    <Specimen name="DataGrid" wide>
      <State name="required can be typed and pasted; totals stay below">
        <DataGrid
          label="Intervals"
          rows={rows}
          rowKey={({ name }) => name}
          columns={editable}
          frozenColumns={1}
          height={220}
          totals={{ name: "Total", required: String(rows.reduce((sum, row) => sum + row.required, 0)) }}
        />
      </State>
      <State name="rows selected elsewhere">
        <DataGrid
          label="Intervals, selected"
          rows={firstRows}
          rowKey={({ name }) => name}
          columns={columns}
          height={220}
          selectedRows={{ first: 28, end: 32 }}
          scrollToRow={30}
        />
      </State>
      <State name="empty">
        <DataGrid label="Nothing" rows={[]} rowKey={(_, index) => index} columns={columns} />
      </State>
      <State name="long text, more columns than fit">
        <DataGrid
          label="Wide"
          rows={firstRows.slice(40, 45)}
          rowKey={({ name }) => name}
          frozenColumns={1}
          columns={[
            columns[0],
            ...Array.from({ length: 20 }, (_, index) => ({
              ...columns[1],
              id: String(index),
              header: `A column with a long heading, number ${index + 1}`,
              text: ({ name }: Interval) => `${name}, a text that is longer than its cell`,
            })),
          ]}
        />
      </State>
    </Specimen>
  );
}
