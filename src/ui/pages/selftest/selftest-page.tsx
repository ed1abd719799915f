import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { referenceValues } from "../../../queueing/reference-values.ts";
import { Page } from "../../frame/page.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { DataGrid } from "../../kit/controls/data-grid.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { checkValue } from "./checked-value.ts";
import { selfTestFinding } from "./finding.ts";

/** Published numbers, the same from this program, computed now in this browser, and the difference. */
export function SelfTestPage() {
  const { t } = useTranslation("calculator");
  const format = useFormat();
  const [run, setRun] = useState(1);
  const rows = useMemo(() => (run > 0 ? referenceValues.map(checkValue) : []), [run]);
  return (
    <Page
      title={t("selfTest.title")}
      finding={selfTestFinding(rows, t, format)}
      grid={
        <DataGrid
          label={t("selfTest.title")}
          rows={rows}
          rowKey={(row) => `${row.reference.group} ${row.reference.name} ${row.reference.measure}`}
          height={640}
          columns={[
            {
              id: "agrees",
              header: t("selfTest.agrees"),
              width: 76,
              text: (row) => (row.agrees ? `✓ ${t("selfTest.yes")}` : `✗ ${t("selfTest.no")}`),
              tone: (row) => (row.agrees ? undefined : "short"),
            },
            {
              id: "engine",
              header: t("selfTest.engine"),
              width: 130,
              text: (row) => t(`selfTest.group.${row.reference.group}`),
            },
            { id: "case", header: t("selfTest.case"), width: 290, text: (row) => row.reference.name },
            {
              id: "measure",
              header: t("selfTest.measure"),
              width: 150,
              text: (row) => t(`selfTest.measures.${row.reference.measure}`),
            },
            {
              id: "expected",
              header: t("selfTest.expected"),
              width: 160,
              align: "right",
              text: (row) => plain(row.reference.expected),
            },
            {
              id: "computed",
              header: t("selfTest.computed"),
              width: 160,
              align: "right",
              text: (row) => plain(row.computed),
            },
            {
              id: "difference",
              header: t("selfTest.difference"),
              width: 100,
              align: "right",
              text: (row) => row.difference.toExponential(1),
            },
            {
              id: "tolerance",
              header: t("selfTest.tolerance"),
              width: 100,
              align: "right",
              text: (row) => row.reference.tolerance.toExponential(0),
            },
            { id: "source", header: t("selfTest.source"), width: 270, text: (row) => row.reference.source },
          ]}
        />
      }
    >
      <div>
        <Button onClick={() => setRun(run + 1)}>{t("selfTest.again")}</Button>
      </div>
    </Page>
  );
}

/** All digits a double has, as they are: these are compared, not read. */
function plain(value: number): string {
  return String(Number(value.toPrecision(14)));
}
