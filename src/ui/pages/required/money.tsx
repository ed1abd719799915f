import { useTranslation } from "react-i18next";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import { fieldsOf } from "../../../domain/number-limits.ts";
import type { Queue } from "../../../domain/plan/queue.ts";
import { contactMoneySchema } from "../../../domain/plan/queue.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { DataGrid } from "../../kit/controls/data-grid.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { moneyTogether, type QueueMoney, queueMoney } from "./queue-money.ts";
import type { RequiredQueue } from "./required-grid.tsx";

const moneyFields = fieldsOf(contactMoneySchema);

/** What a contact of this queue brings and costs. */
export function MoneyControls({ queue }: { readonly queue: Queue }) {
  const { t } = useTranslation("required");
  const { store } = useDesk();
  const { currency } = usePlan();
  const money = queue.money ?? { revenuePerContact: 0, costPerContact: 0 };
  const edit = (change: Partial<typeof money>) =>
    store.edit(
      "required:edit.money",
      (plan) => ({
        ...plan,
        queues: plan.queues.map((other) =>
          other.id === queue.id ? { ...other, money: { ...money, ...change } } : other,
        ),
      }),
      `queue.${queue.id}.money.${Object.keys(change)[0]}`,
    );
  return (
    <ControlGroup title={t("money.title")}>
      {(["revenuePerContact", "costPerContact"] as const).map((field) => (
        <NumberField
          key={field}
          {...moneyFields[field]}
          label={t(`money.${field}`)}
          value={money[field]}
          onChange={(value) => edit({ [field]: value })}
          currency={currency}
        />
      ))}
      <p className="field-hint">{t("money.hint")}</p>
    </ControlGroup>
  );
}

/** What the shown time brings and costs if it is staffed as required, by queue and in total. */
export function MoneyTable(props: {
  readonly queues: readonly RequiredQueue[];
  readonly range: IntervalRange;
}) {
  const { t } = useTranslation("required");
  const format = useFormat();
  const plan = usePlan();
  const known = props.queues.flatMap(({ queue, of }) => {
    const money = queueMoney(plan, of, props.range);
    return money === null ? [] : [{ id: queue.id, name: queue.name, money }];
  });
  if (known.length === 0) return null;
  const rows =
    known.length === 1
      ? known
      : [...known, { id: "", name: t("total"), money: moneyTogether(known.map(({ money }) => money)) }];
  const amount = (field: "revenue" | "cost" | "lostValue" | "balance") => ({
    id: field,
    header: t(`money.${field}`),
    width: 130,
    align: "right" as const,
    text: ({ money }: { readonly money: QueueMoney }) => format.money(money[field], plan.currency),
  });
  const count = (field: "handled" | "lost") => ({
    id: field,
    header: t(`money.${field}`),
    width: 110,
    align: "right" as const,
    text: ({ money }: { readonly money: QueueMoney }) => format.number(money[field]),
  });
  return (
    <section className="true-queue" aria-label={t("money.table")}>
      <h2 className="control-title">{t("money.table")}</h2>
      <DataGrid
        label={t("money.table")}
        rows={rows}
        rowKey={(row) => row.id}
        height={30 + 26 * Math.min(9, rows.length) + 4}
        columns={[
          { id: "queue", header: t("true.queue"), width: 110, text: (row) => row.name },
          count("handled"),
          count("lost"),
          amount("revenue"),
          amount("cost"),
          amount("lostValue"),
          amount("balance"),
        ]}
      />
    </section>
  );
}
