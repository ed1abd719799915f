import { parseDuration, parseNumber } from "../../files/cell-values.ts";
import type { ColumnRole, HistoryMapping } from "./layouts.ts";

/** What is summed per interval. */
export const measures = [
  "offered",
  "handled",
  "abandoned",
  "handleSeconds",
  "waitSeconds",
  "inTime",
  "redials",
] as const;
export type Measure = (typeof measures)[number];

/** Why a row is refused: an issue's code, the column it is about, and what its sentence needs. */
export interface Refusal {
  readonly code: string;
  readonly column: number;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** Where the mapping does not say, contacts are in time that waited so long at most. */
export const customaryAnswerSeconds = 20;

/** What a row says of one queue; `waited` only of a contact whose wait is known. */
export type RowValues = Record<Measure, number> & { readonly waited?: number };

/** How a logged contact ended; null: it never reached the queue and is not demand. */
export function fateOf(outcome: string, { waited }: RowValues): Partial<RowValues> | null {
  const text = outcome.trim();
  if (/phantom|test|internal/i.test(text)) return null;
  if (/hang|hung|abandon|lost|missed|no ?answer|aufgelegt|放弃/i.test(text)) {
    // Somebody who hung up without having waited left in the voice menu.
    return waited === 0 ? null : { handled: 0, abandoned: 1, handleSeconds: 0, waitSeconds: 0, inTime: 0 };
  }
  return { handled: 1, abandoned: 0 };
}

/** Reads the numbers of one queue out of a row. */
export interface MeasureGroup {
  /** null: the row's queue column, or the default queue. */
  readonly queueId: string | null;
  readonly measures: ReadonlySet<Measure>;
  read(cells: readonly string[]): RowValues | Refusal;
}

const nothing: RowValues = {
  offered: 0,
  handled: 0,
  abandoned: 0,
  handleSeconds: 0,
  waitSeconds: 0,
  inTime: 0,
  redials: 0,
};

/** One reader of numbers per queue that a row speaks of: one for most layouts, several where queues stand side by side. */
export function measureGroups(mapping: HistoryMapping, defaultQueue: string): MeasureGroup[] {
  const names = [
    ...new Set(
      mapping.columns
        .filter(({ role }) => role === "offered" || role === "handled")
        .map(({ queueId }) => queueId),
    ),
  ];
  if (names.length === 0) names.push(null);
  return names.map((name) => {
    const at = (role: ColumnRole) =>
      mapping.columns.findIndex((column) => column.role === role && column.queueId === name);
    const columns = {
      offered: at("offered"),
      handled: at("handled"),
      abandoned: at("abandoned"),
      blocked: at("blocked"),
      aht: at("ahtSeconds"),
      talk: at("talkSeconds"),
      acw: at("acwSeconds"),
      handleTotal: at("handleTotalSeconds"),
      talkTotal: at("talkTotalSeconds"),
      acwTotal: at("acwTotalSeconds"),
      wait: at("waitSeconds"),
      asa: at("asaSeconds"),
      waitTotal: at("waitTotalSeconds"),
      serviceLevel: at("serviceLevel"),
      inTime: at("inTime"),
    };
    const contact = mapping.rows === "contact";
    const hasTime =
      columns.aht >= 0 || columns.talk >= 0 || columns.handleTotal >= 0 || columns.talkTotal >= 0;
    const measuresHere = new Set<Measure>(["offered"]);
    if (columns.handled >= 0 || hasTime) measuresHere.add("handled");
    if (columns.abandoned >= 0) measuresHere.add("abandoned");
    if (hasTime) measuresHere.add("handleSeconds");
    const hasWait = contact ? columns.wait >= 0 : columns.asa >= 0 || columns.waitTotal >= 0;
    if (hasWait) measuresHere.add("waitSeconds");
    if (contact ? hasWait : columns.inTime >= 0 || columns.serviceLevel >= 0) measuresHere.add("inTime");
    const answerSeconds = mapping.answerWithinSeconds ?? customaryAnswerSeconds;
    const wide = names.length > 1 || name !== null;
    return {
      queueId: wide ? (name ?? defaultQueue) : null,
      measures: measuresHere,
      read(cells) {
        let refusal: Refusal | null = null;
        const number = (index: number, duration: boolean, required: boolean): number | null => {
          if (index < 0 || refusal !== null) return null;
          const text = cells[index].trim();
          if (text === "" || text === "-" || text === "—") {
            if (required) refusal = { code: "import.emptyNumber", column: index };
            return null;
          }
          const value = duration ? parseDuration(text, mapping.decimal) : parseNumber(text, mapping.decimal);
          if (value === null) refusal = { code: "import.notANumber", column: index, values: { text } };
          else if (value < 0) refusal = { code: "import.negativeNumber", column: index, values: { text } };
          else return value;
          return null;
        };
        const offeredCell = number(columns.offered, false, !wide);
        const handledCell = number(columns.handled, false, columns.offered < 0);
        const abandoned = number(columns.abandoned, false, false);
        const blocked = number(columns.blocked, false, false);
        const aht = number(columns.aht, true, false);
        const talk = number(columns.talk, true, false);
        const acw = number(columns.acw, true, false);
        const handleTotal = number(columns.handleTotal, true, false);
        const talkTotal = number(columns.talkTotal, true, false);
        const acwTotal = number(columns.acwTotal, true, false);
        const waited = number(columns.wait, true, false);
        const asa = number(columns.asa, true, false);
        const waitTotal = number(columns.waitTotal, true, false);
        const serviceLevel = number(columns.serviceLevel, false, false);
        const inTime = number(columns.inTime, false, false);
        if (refusal !== null) return refusal;
        if (contact) {
          const handleSeconds = handleTotal ?? (talk ?? talkTotal ?? aht ?? 0) + (acw ?? acwTotal ?? 0);
          const values = { offered: 1, handled: 1, abandoned: 0, handleSeconds, redials: 0 };
          if (waited === null) return { ...values, waitSeconds: 0, inTime: 0 };
          return { ...values, waitSeconds: waited, inTime: waited <= answerSeconds ? 1 : 0, waited };
        }
        if (wide && offeredCell === null) return { ...nothing, offered: -1 };
        const offered = offeredCell ?? (handledCell ?? 0) + (abandoned ?? 0) + (blocked ?? 0);
        const handled = handledCell ?? Math.max(0, offered - (abandoned ?? 0) - (blocked ?? 0));
        const perContact = aht ?? (talk === null ? null : talk + (acw ?? 0));
        const total = handleTotal ?? (talkTotal === null ? null : talkTotal + (acwTotal ?? 0));
        return {
          offered,
          handled: total === null && perContact === null && hasTime ? 0 : handled,
          abandoned: abandoned ?? 0,
          handleSeconds: total ?? (perContact ?? 0) * handled,
          waitSeconds: waitTotal ?? (asa ?? 0) * handled,
          // A share is written 0.76, 76 or 76 %; of what, reports do not say: taken as of the offered.
          inTime: Math.min(
            offered,
            inTime ?? offered * ((serviceLevel ?? 0) > 1 ? (serviceLevel ?? 0) / 100 : (serviceLevel ?? 0)),
          ),
          redials: 0,
        };
      },
    };
  });
}
