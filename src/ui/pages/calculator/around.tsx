import { useState } from "react";
import { useTranslation } from "react-i18next";
import { serviceLevelBy } from "../../../queueing/steady/required-agents.ts";
import { steadyQueue } from "../../../queueing/steady/steady-queue.ts";
import { Button } from "../../kit/controls/button.tsx";
import { DataGrid } from "../../kit/controls/data-grid.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { loadOfQuestion, type Question } from "./question.ts";

interface AroundRow {
  readonly agents: number;
  readonly cells: readonly string[];
}

/** The staffing around the answer as a table, to be copied into a spreadsheet; and the link that reproduces it. */
export function Around({ question }: { readonly question: Question }) {
  const { t } = useTranslation("calculator");
  const format = useFormat();
  const [copied, setCopied] = useState<"table" | "link" | null>(null);
  const middle = Math.ceil(question.agents - 1e-9);
  const first = Math.max(1, middle - 5);
  const headings = [
    "figure.agents",
    "figure.level",
    "figure.wait",
    "figure.asa",
    "figure.abandonment",
    "figure.occupancy",
  ].map((key) => t(key));
  const services = Array.from({ length: middle + 10 - first + 1 }, (_, step) => {
    const agents = first + step;
    return { agents, service: steadyQueue(loadOfQuestion(question), agents) };
  });
  const rows: AroundRow[] = services.map(({ agents, service }) => ({
    agents,
    cells: [
      format.number(agents),
      format.percent(serviceLevelBy(question.rule, service), 2),
      format.percent(service.waitProbability, 2),
      format.wait(service.asaSeconds),
      format.percent(service.abandonmentRate, 2),
      format.percent(service.occupancy, 1),
    ],
  }));
  async function copy(what: "table" | "link"): Promise<void> {
    const table = [
      headings.join("\t"),
      ...services.map(({ agents, service }) =>
        [
          agents,
          serviceLevelBy(question.rule, service),
          service.waitProbability,
          Number.isFinite(service.asaSeconds) ? service.asaSeconds : "",
          service.abandonmentRate,
          service.occupancy,
        ].join("\t"),
      ),
    ].join("\n");
    await navigator.clipboard.writeText(what === "table" ? table : window.location.href);
    setCopied(what);
    setTimeout(() => setCopied(null), 2000);
  }
  return (
    <>
      <div className="calculator-copy">
        <Button onClick={() => void copy("table")}>
          {copied === "table" ? t("copied") : t("copyTable")}
        </Button>
        <Button onClick={() => void copy("link")}>{copied === "link" ? t("copied") : t("copyLink")}</Button>
      </div>
      <DataGrid
        label={t("around")}
        rows={rows}
        rowKey={(row) => row.agents}
        height={480}
        columns={headings.map((header, column) => ({
          id: String(column),
          header,
          width: column === 0 ? 84 : 118,
          align: "right" as const,
          text: (row: AroundRow) => row.cells[column],
          tone: (row: AroundRow) =>
            row.agents === middle && column === 0 ? ("changed" as const) : undefined,
        }))}
      />
    </>
  );
}
