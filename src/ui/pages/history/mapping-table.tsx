import { useTranslation } from "react-i18next";
import type { InspectedFile } from "../../../history/reading/inspect-history.ts";
import { type ColumnRole, columnRoles, type HistoryMapping } from "../../../history/reading/layouts.ts";

/** What each column of the file is taken for, with its first values, to be corrected. */
export function MappingTable(props: {
  readonly inspected: InspectedFile;
  readonly mapping: HistoryMapping;
  readonly onChange: (mapping: HistoryMapping) => void;
}) {
  const { t } = useTranslation("history");
  const { mapping, inspected } = props;
  function setRole(index: number, role: ColumnRole): void {
    const columns = mapping.columns.map((column, at) => (at === index ? { ...column, role } : column));
    props.onChange({ ...mapping, columns });
  }
  return (
    <section className="history-mapping" aria-label={t("mapping.title")}>
      <h2 className="control-title">{t("mapping.title")}</h2>
      <div className="history-scroll">
        <table className="history-table">
          <thead>
            <tr>
              <th scope="col">{t("mapping.column")}</th>
              <th scope="col">{t("mapping.use")}</th>
              <th scope="col">{t("mapping.values")}</th>
            </tr>
          </thead>
          <tbody>
            {mapping.columns.map((column, index) => (
              <tr key={index}>
                <th scope="row">{column.header}</th>
                <td>
                  <select
                    className="input select"
                    aria-label={t("mapping.useOf", { column: column.header })}
                    value={column.role}
                    onChange={(event) => setRole(index, event.target.value as ColumnRole)}
                  >
                    {columnRoles.map((role) => (
                      <option key={role} value={role}>
                        {t(`role.${role}`)}
                        {column.queueId !== null && role === column.role ? ` · ${column.queueId}` : ""}
                      </option>
                    ))}
                  </select>
                </td>
                <td className="history-values">
                  {inspected.firstRows.map((cells) => cells[index] ?? "").join(" · ")}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
