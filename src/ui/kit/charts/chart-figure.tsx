import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Column, DataGrid } from "../controls/data-grid.tsx";
import "./charts.css";

/** The numbers of a chart as a table. */
export interface ChartTable {
  readonly rowCount: number;
  readonly columns: readonly string[];
  readonly rowName: (row: number) => string;
  readonly cell: (row: number, column: number) => string | null;
}

/**
 * What every chart wears: its name, the readout of what is under the cursor, the sentence for those who cannot see it,
 * and a switch between drawing and table.
 */
export function ChartFigure(props: {
  readonly title: string;
  readonly summary: string;
  readonly readout: ReactNode;
  readonly table: ChartTable;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation("charts");
  const [asTable, setAsTable] = useState(false);
  const summaryId = useId();
  return (
    <figure className="chart" aria-label={props.title} aria-describedby={summaryId}>
      <div className="chart-head">
        <span className="chart-title">{props.title}</span>
        <span className="chart-readout">{props.readout}</span>
        <button
          type="button"
          className="chart-table-button"
          aria-pressed={asTable}
          aria-label={`${t("table")}: ${props.title}`}
          onClick={() => setAsTable(!asTable)}
        >
          {t("table")}
        </button>
      </div>
      <figcaption id={summaryId} className="visually-hidden">
        {props.summary}
      </figcaption>
      {asTable ? <TableTwin title={props.title} table={props.table} /> : props.children}
    </figure>
  );
}

function TableTwin({ title, table }: { title: string; table: ChartTable }) {
  const rows = Array.from({ length: table.rowCount }, (_, row) => row);
  const columns: Column<number>[] = [
    { id: "name", header: "", width: 150, text: (row) => table.rowName(row) },
    ...table.columns.map((name, column) => ({
      id: String(column),
      header: name,
      width: Math.max(64, Math.min(160, 24 + name.length * 7)),
      align: "right" as const,
      text: (row: number) => table.cell(row, column) ?? "—",
    })),
  ];
  return (
    <DataGrid label={title} rows={rows} rowKey={String} columns={columns} frozenColumns={1} height={260} />
  );
}
