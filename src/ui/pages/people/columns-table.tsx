import { useTranslation } from "react-i18next";
import { type ColumnMeaning, peopleFields } from "../../../domain/plan/people-list.ts";
import type { PeopleTable } from "../../../files/people-list.ts";
import { usePlan } from "../../frame/session-context.tsx";

const shownValues = 3;

/** What each column of a list is taken for, with its first values, to be corrected. */
export function ColumnsTable(props: {
  readonly table: PeopleTable;
  readonly columns: readonly ColumnMeaning[];
  readonly onChange: (columns: readonly ColumnMeaning[]) => void;
}) {
  const { t } = useTranslation("people");
  const { queues } = usePlan();
  const { table, columns } = props;
  /** A field is found in one column only. */
  function set(at: number, meaning: ColumnMeaning): void {
    props.onChange(
      columns.map((other, place) => {
        if (place === at) return meaning;
        return other === meaning ? "ignored" : other;
      }),
    );
  }
  return (
    <section aria-label={t("columns.title")}>
      <h3 className="control-title">{t("columns.title")}</h3>
      <div className="people-scroll">
        <table className="people-table">
          <thead>
            <tr>
              <th scope="col">{t("columns.heading")}</th>
              <th scope="col">{t("columns.meaning")}</th>
              <th scope="col">{t("columns.values")}</th>
            </tr>
          </thead>
          <tbody>
            {table.headings.map((heading, at) => (
              <tr key={`${heading} ${at}`}>
                <th scope="row">{heading}</th>
                <td>
                  <select
                    className="input select"
                    aria-label={t("columns.meaningOf", { heading })}
                    value={columns[at]}
                    onChange={(event) => set(at, event.target.value as ColumnMeaning)}
                  >
                    <option value="ignored">{t("field.ignored")}</option>
                    {peopleFields.map((field) => (
                      <option key={field} value={field}>
                        {t(`field.${field}`)}
                      </option>
                    ))}
                    {queues.map(({ id, name }) => (
                      <option key={id} value={`queue:${id}`}>
                        {t("field.queue", { queue: name })}
                      </option>
                    ))}
                  </select>
                </td>
                <td className="people-values">
                  {table.rows
                    .slice(0, shownValues)
                    .map(({ cells }) => cells[at] ?? "")
                    .join(" · ")}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
