import type { TFunction } from "i18next";
import { addDays } from "../../../../domain/calendar/clock.ts";
import type { PlanDocument } from "../../../../domain/plan/plan.ts";
import type { Scenario } from "../../../../domain/plan/scenario.ts";
import type { Comparison } from "../../../../scenarios/measuring/comparison.ts";
import {
  type LedgerItem,
  type MoneyKind,
  moneyFigure,
  moneyKinds,
  paidIn,
  sumOf,
} from "../../../../scenarios/money-ledger.ts";
import { type Candidate, type Recommendation, recommend } from "../../../../scenarios/recommendation.ts";
import type { Format } from "../../../kit/format.ts";
import { changesWords } from "../change-words.ts";
import {
  columnName,
  differenceOf,
  figureOf,
  lacksPrice,
  measureName,
  tableRows,
} from "../comparison-table.tsx";
import { figureWords } from "../figure-words.ts";
import { levelChart } from "./level-chart.ts";
import type { ShownAnalysis } from "./shown-analyses.ts";

export interface Cell {
  /** The value, and what stands below it. */
  readonly lines: readonly string[];
}

export type Block =
  | { readonly kind: "heading" | "subheading"; readonly text: string }
  | { readonly kind: "text"; readonly text: string; readonly tone?: "lead" | "short" | "hint" }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | {
      readonly kind: "box";
      readonly groups: readonly { readonly title: string; readonly lines: readonly string[] }[];
    }
  | { readonly kind: "terms"; readonly items: readonly (readonly [string, string])[] }
  | { readonly kind: "figure"; readonly svg: string; readonly caption: string }
  | {
      readonly kind: "table";
      readonly caption: string;
      readonly head: readonly { readonly name: string; readonly notes: readonly string[] }[];
      readonly rows: readonly {
        readonly name: string;
        readonly isPart: boolean;
        readonly cells: readonly Cell[];
      }[];
    }
  | { readonly kind: "analysis"; readonly html: string };

export interface Report {
  /** What kind of paper it is, above its title. */
  readonly kind: string;
  readonly title: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly blocks: readonly Block[];
  /** Style of the analyses as they were shown. */
  readonly analysesCss: string;
}

export interface ReportSources {
  readonly document: PlanDocument;
  readonly comparison: Comparison;
  /** Those that are compared, the levers' among them. */
  readonly scenarios: readonly Scenario[];
  /** null: all queues. */
  readonly queueId: string | null;
  /** What the page would open with for a column of the comparison. */
  readonly findingOf: (scenarioId: string | null) => string;
  readonly analyses: readonly ShownAnalysis[];
  readonly analysesCss: string;
  /** "" where nobody typed it. */
  readonly author: string;
  /** ISO instant. */
  readonly at: string;
  readonly programVersion: string;
}

type Words = TFunction<"whatif">;

/** Plans that stand side by side on an upright sheet, the plan itself among them. */
const columnsPerTable = 5;

/**
 * What a board reads: question, answer and recommendation first, then what was compared, cost, risk, the analyses that were
 * made, what it rests on, and what each measure means.
 */
export function reportContent(sources: ReportSources, t: Words, format: Format): Report {
  const { document, comparison, queueId, author } = sources;
  const { plan } = document;
  const { days } = comparison;
  const first = addDays(plan.firstDate, days.first);
  const period =
    days.end - days.first === 1
      ? format.date(first, "long")
      : format.dateRange(first, addDays(plan.firstDate, days.end - 1));
  const queue =
    queueId === null ? t("allQueues") : (plan.queues.find(({ id }) => id === queueId)?.name ?? queueId);
  const { published } = document;
  const version = published?.versions.length ?? 0;
  return {
    kind: t("report.kind"),
    title: t("report.title", {
      plan: plan.name,
      period: days.end - days.first === 1 ? format.date(first) : period,
    }),
    facts: [
      [t("report.fact.plan"), plan.name],
      [t("report.fact.period"), period],
      [t("report.fact.queue"), queue],
      [t("report.fact.at"), `${format.date(localDateOf(sources.at), "full")}, ${format.instant(sources.at)}`],
      ...(author === "" ? [] : [[t("report.fact.by"), author] as const]),
      [
        t("report.fact.version"),
        version === 0 ? t("report.notPublished") : t("report.versionNumber", { number: version }),
      ],
      [t("report.fact.program"), `Shiftwright ${sources.programVersion}`],
    ],
    blocks: [
      ...answerBlocks(sources, period, t, format),
      ...comparedBlocks(sources, period, queue, t, format),
      ...costBlocks(sources, t, format),
      ...riskBlocks(sources, t, format),
      ...analysisBlocks(sources, t),
      ...groundBlocks(sources, t, format),
      ...definitionBlocks(sources, t),
    ],
    analysesCss: sources.analysesCss,
  };
}

/** Date of an instant on this computer. */
function localDateOf(iso: string): string {
  const at = new Date(iso);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

function nameOf(sources: ReportSources, scenarioId: string | null, t: Words, format: Format): string {
  const column = sources.comparison.plans.find((plan) => plan.scenarioId === scenarioId);
  const scenario = sources.scenarios.find(({ id }) => id === scenarioId);
  if (scenario !== undefined && column !== undefined && columnName(t, column) === t("live"))
    return changesWords(t, format, sources.document.plan, scenario.changes);
  return column === undefined ? "" : columnName(t, column);
}

function answerBlocks(sources: ReportSources, period: string, t: Words, format: Format): Block[] {
  const { comparison, scenarios } = sources;
  const { plan } = sources.document;
  const names = comparison.plans
    .filter(({ scenarioId }) => scenarios.some(({ id }) => id === scenarioId))
    .map(({ scenarioId }) => nameOf(sources, scenarioId, t, format));
  return [
    { kind: "heading", text: t("report.question") },
    {
      kind: "text",
      tone: "lead",
      text:
        names.length === 0
          ? t("report.questionPlan", { period })
          : t("report.questionScenarios", { period, names: format.list(names) }),
    },
    { kind: "heading", text: t("report.answer") },
    { kind: "list", items: comparison.plans.map(({ scenarioId }) => sources.findingOf(scenarioId)) },
    { kind: "heading", text: t("report.recommendation") },
    {
      kind: "box",
      groups: recommend(comparison, scenarios, plan.queues).map((one) =>
        recommendationWords(one, sources, t, format),
      ),
    },
    { kind: "text", tone: "hint", text: t("report.recommend.how") },
    ...levelFigures(sources, t, format),
  ];
}

/** One chart per queue with a goal: every plan with its interval beside the goal. */
function levelFigures(sources: ReportSources, t: Words, format: Format): Block[] {
  const { comparison, queueId } = sources;
  return sources.document.plan.queues
    .filter(({ id }) => queueId === null || id === queueId)
    .map(({ id, name, goal }): Block => {
      const caption = t("report.chart", { queue: name, seconds: format.wait(goal.answerWithinSeconds) });
      const words = figureWords(t, format, "serviceLevel", sources.document.plan.currency);
      const rows = comparison.plans.map((column) => {
        const level = figureOf(column, id, "serviceLevel");
        return {
          name: nameOf(sources, column.scenarioId, t, format),
          level,
          text: level === null ? "—" : `${words.value(level.value)} ${words.interval(level.halfWidth)}`,
        };
      });
      const line =
        goal.serviceLevel === null
          ? null
          : {
              value: goal.serviceLevel,
              text: t("chart.goal", { percent: format.percent(goal.serviceLevel, 0) }),
            };
      return { kind: "figure", svg: levelChart(rows, line, caption), caption };
    });
}

function recommendationWords(
  { circumstances, candidates, best }: Recommendation,
  sources: ReportSources,
  t: Words,
  format: Format,
): { readonly title: string; readonly lines: readonly string[] } {
  const { plan } = sources.document;
  const title =
    circumstances.length === 0
      ? t("report.recommend.asPlanned")
      : t("report.recommend.when", { changes: changesWords(t, format, plan, circumstances) });
  const goalsOf = ({ goals }: Candidate, onlyMissed = false) =>
    format.list(
      goals
        .filter(({ kept }) => !onlyMissed || !kept)
        .map(({ queueId, goal, level }) => {
          const words = figureWords(t, format, "serviceLevel", plan.currency);
          return t("report.recommend.goal", {
            queue: plan.queues.find(({ id }) => id === queueId)?.name ?? queueId,
            level: `${words.value(level.value)} ${words.interval(level.halfWidth)}`.trim(),
            goal: format.percent(goal, 0),
          });
        }),
    );
  const name = ({ plan: column }: Candidate) => nameOf(sources, column.scenarioId, t, format);
  if (circumstances.length > 0 && candidates.every(({ plan: column }) => isUntouched(column)))
    return { title, lines: [t("report.recommend.elsewhere")] };
  if (candidates.every(({ goals }) => goals.length === 0))
    return { title, lines: [t("report.recommend.noGoals")] };
  if (best === null) {
    const [nearest] = candidates;
    const reaching = sources.analyses.filter((one) => one.reachesGoals).map(({ title }) => title);
    return {
      title,
      lines: [
        t("report.recommend.none", { name: name(nearest), goals: goalsOf(nearest, true) }),
        ...(reaching.length === 0
          ? []
          : [t("report.recommend.seeAnalyses", { names: format.list(reaching) })]),
      ],
    };
  }
  const cost =
    best.cost === null ? t("report.recommend.unknownCost") : format.money(best.cost.value, plan.currency);
  const others = candidates.filter((one) => one !== best);
  const keepingAll = others.filter((one) => one.goals.every(({ kept }) => kept));
  const keeping = keepingAll.filter(({ cost }) => cost !== null);
  const unpriced = best.cost === null ? [] : keepingAll.filter(({ cost }) => cost === null);
  const failing = others.filter((one) => !one.goals.every(({ kept }) => kept));
  const isCertain = best.goals.every(({ certain }) => certain);
  const withCost = (one: Candidate) =>
    `${name(one)} (${one.cost === null ? "—" : format.money(one.cost.value, plan.currency)})`;
  return {
    title: t("report.recommend.chosen", {
      when: title,
      name: isAsItIs(best, circumstances, sources) ? t("report.recommend.asItIs") : name(best),
    }),
    lines: [
      t(isCertain ? "report.recommend.keeps" : "report.recommend.keepsOnAverage", {
        goals: goalsOf(best),
        cost,
      }),
      ...(keeping.length === 0
        ? []
        : [t("report.recommend.dearer", { names: format.list(keeping.map(withCost)) })]),
      ...(unpriced.length === 0
        ? []
        : [t("report.recommend.unpriced", { names: format.list(unpriced.map(name)) })]),
      ...(failing.length === 0
        ? []
        : [
            t("report.recommend.failing", {
              names: format.list(failing.map((one) => `${name(one)} (${goalsOf(one, true)})`)),
            }),
          ]),
    ],
  };
}

/** Whether nothing is decided: the plan itself, or the plan under circumstances that nobody answers. */
function isAsItIs(
  { plan }: Candidate,
  circumstances: Recommendation["circumstances"],
  { scenarios }: ReportSources,
): boolean {
  const changes = scenarios.find(({ id }) => id === plan.scenarioId)?.changes ?? [];
  return changes.length === circumstances.length && !isMadeAnew(plan, scenarios);
}

/** Whether a scenario differs from the plan in nothing on the compared days: what it changes lies on others. */
function isUntouched({ scopes }: Candidate["plan"]): boolean {
  return scopes.every(({ differences }) =>
    Object.values(differences ?? {}).every(
      (difference) => difference === null || (difference.value === 0 && difference.halfWidth === 0),
    ),
  );
}

function isMadeAnew({ scenarioId }: Candidate["plan"], scenarios: readonly Scenario[]): boolean {
  return scenarios.find(({ id }) => id === scenarioId)?.newShifts === true;
}

/** Plans in tables that fit on the sheet, the plan first in each. */
function columnSets(comparison: Comparison): Comparison["plans"][] {
  const [base, ...others] = comparison.plans;
  if (others.length === 0) return [[base]];
  const count = Math.ceil(others.length / (columnsPerTable - 1));
  const size = Math.ceil(others.length / count);
  return Array.from({ length: count }, (_, set) => [base, ...others.slice(set * size, (set + 1) * size)]);
}

function comparedBlocks(
  sources: ReportSources,
  period: string,
  queue: string,
  t: Words,
  format: Format,
): Block[] {
  const { comparison, queueId, scenarios } = sources;
  const { plan } = sources.document;
  const rows = tableRows(comparison, queueId);
  const queueName = (id: string | null) => plan.queues.find((one) => one.id === id)?.name ?? "";
  return [
    { kind: "heading", text: t("report.compared") },
    ...columnSets(comparison).map(
      (columns): Block => ({
        kind: "table",
        caption: t("report.tableCaption", { queue, period }),
        head: [
          { name: t("table.measure"), notes: [] },
          ...columns.map((column) => {
            const scenario = scenarios.find(({ id }) => id === column.scenarioId);
            return {
              name: nameOf(sources, column.scenarioId, t, format),
              notes: [
                ...(scenario === undefined ? [] : [changesWords(t, format, plan, scenario.changes)]),
                ...(scenario?.newShifts ? [t("newShifts.made")] : []),
              ],
            };
          }),
        ],
        rows: rows.map(({ measure, queueId: of, isPart }) => {
          const words = figureWords(t, format, measure, plan.currency);
          return {
            name: isPart ? queueName(of) : measureName(t, measure, of),
            isPart,
            cells: columns.map((column): Cell => {
              const figure = figureOf(column, of, measure);
              const difference = differenceOf(column, of, measure);
              const value =
                figure === null
                  ? lacksPrice(column, measure)
                    ? t("payBack.noPrice")
                    : "—"
                  : `${words.value(figure.value)} ${words.interval(figure.halfWidth)}`.trim();
              if (difference === null) return { lines: [value] };
              const same = difference.value === 0 && difference.halfWidth === 0;
              return { lines: [value, same ? t("same") : words.difference(difference)] };
            }),
          };
        }),
      }),
    ),
    { kind: "text", tone: "hint", text: t("report.tableNote") },
  ];
}

/**
 * What is paid, kind by kind, out of the same ledger as the table, down to the table's "Costs in all"; then what lost
 * contacts are worth, which nobody pays.
 */
function costBlocks({ comparison, document, ...sources }: ReportSources, t: Words, format: Format): Block[] {
  const { currency } = document.plan;
  const kinds = moneyKinds.filter((kind) =>
    comparison.plans.some(({ ledger }) => ledger.some((item) => item.kind === kind)),
  );
  if (kinds.length === 0) return [];
  const cellOf = (ledger: readonly LedgerItem[], kind: MoneyKind): Cell => {
    const items = ledger.filter((item) => item.kind === kind);
    if (items.length === 0) return { lines: [t("report.nothing")] };
    const sum = sumOf(items);
    if (sum === null) return { lines: [t("payBack.noPrice")] };
    return { lines: [moneyText(moneyFigure(sum), currency, format)] };
  };
  return [
    { kind: "heading", text: t("report.cost") },
    ...columnSets(comparison).map((columns): Block => {
      const rowOf = (kind: MoneyKind) => ({
        name: t(`money.kind.${kind}`),
        isPart: false,
        cells: columns.map(({ ledger }) => cellOf(ledger, kind)),
      });
      return {
        kind: "table",
        caption: t("report.costCaption"),
        head: [
          { name: t("payBack.line"), notes: [] },
          ...columns.map(({ scenarioId }) => ({
            name: nameOf({ comparison, document, ...sources }, scenarioId, t, format),
            notes: [],
          })),
        ],
        rows: [
          ...kinds.filter((kind) => kind !== "lostContacts").map(rowOf),
          {
            name: t("measure.totalCost"),
            isPart: false,
            cells: columns.map(({ ledger }): Cell => {
              const paid = paidIn(ledger);
              const total = sumOf(paid);
              if (total !== null) return { lines: [moneyText(moneyFigure(total), currency, format)] };
              const known = sumOf(paid.filter(({ cost }) => cost !== null)) ?? Float64Array.of(0);
              const money = moneyText(moneyFigure(known), currency, format);
              return { lines: [t("payBack.noPrice"), t("report.costKnown", { money })] };
            }),
          },
          ...kinds.filter((kind) => kind === "lostContacts").map(rowOf),
        ],
      };
    }),
  ];
}

function moneyText(
  { value, halfWidth }: { value: number; halfWidth: number },
  currency: string,
  format: Format,
): string {
  const text = format.money(value, currency);
  return halfWidth >= 0.5 ? `${text} ${format.plusMinus(halfWidth)}` : text;
}

function riskBlocks(sources: ReportSources, t: Words, format: Format): Block[] {
  const { comparison, document } = sources;
  const { plan, results } = document;
  const measured = comparison.plans.some((column) => figureOf(column, null, "missRisk") !== null);
  const words = figureWords(t, format, "missRisk", plan.currency);
  const items = plan.queues.flatMap(({ id, name, goal }) => {
    if (goal.serviceLevel === null) return [];
    const texts = comparison.plans.flatMap((column) => {
      const risk = figureOf(column, id, "missRisk");
      return risk === null
        ? []
        : [
            `${nameOf(sources, column.scenarioId, t, format)} ${words.value(risk.value)} ${words.interval(risk.halfWidth)}`.trim(),
          ];
    });
    return texts.length === 0
      ? []
      : [
          t("report.risk.days", {
            queue: name,
            goal: format.percent(goal.serviceLevel, 0),
            list: texts.join("; "),
          }),
        ];
  });
  const errors = (results.forecast?.value.queues ?? []).flatMap(({ queueId, backtest }) => {
    const chosen = backtest.find((score) => score.chosen);
    const name = plan.queues.find(({ id }) => id === queueId)?.name;
    return chosen === undefined || name === undefined ? [] : [`${name} ${format.percent(chosen.wape)}`];
  });
  return [
    { kind: "heading", text: t("report.risk.title") },
    {
      kind: "list",
      items: [
        ...items,
        ...(measured ? [] : [t("report.risk.notSimulated")]),
        ...(errors.length === 0 ? [] : [t("report.risk.forecast", { list: errors.join("; ") })]),
        t(plan.simulation.uncertainDemand ? "report.uncertain" : "report.certain"),
      ],
    },
  ];
}

function analysisBlocks({ analyses }: ReportSources, t: Words): Block[] {
  if (analyses.length === 0)
    return [
      { kind: "heading", text: t("report.analyses") },
      { kind: "text", tone: "hint", text: t("report.noAnalyses") },
    ];
  return [
    { kind: "heading", text: t("report.analyses") },
    ...analyses.flatMap(({ title, html }): Block[] => [
      { kind: "subheading", text: title },
      { kind: "analysis", html },
    ]),
  ];
}

/** What the figures rest on: method, goals, people's time, pay. */
function groundBlocks(sources: ReportSources, t: Words, format: Format): Block[] {
  const { comparison } = sources;
  const { plan } = sources.document;
  const { method, replications, seed } = comparison;
  const shrinkage = plan.shrinkage.map(({ name, share }) => `${name} ${format.percent(share)}`);
  const pay = plan.templates.map(
    ({ name, costPerHour }) => `${name} ${format.money(costPerHour, plan.currency, 2)}`,
  );
  const premiums = (plan.scheduling.premiums ?? []).map(
    ({ name, share }) => `${name} ${format.signedPercent(share)}`,
  );
  return [
    { kind: "heading", text: t("report.assumptions") },
    {
      kind: "list",
      items: [
        t(`method.${method}Text`, method === "simulation" ? { replications, seed } : {}),
        ...plan.queues.map(({ name, goal, patienceSeconds }) =>
          t("report.queue", {
            queue: name,
            goal: goal.serviceLevel === null ? "—" : format.percent(goal.serviceLevel, 0),
            seconds: format.wait(goal.answerWithinSeconds),
            patience: patienceSeconds === null ? "∞" : format.wait(patienceSeconds),
          }),
        ),
        shrinkage.length === 0
          ? t("report.noShrinkage")
          : t("report.shrinkage", { list: format.list(shrinkage) }),
        ...(pay.length === 0 ? [] : [t("report.pay", { list: format.list(pay) })]),
        premiums.length === 0
          ? t("report.noPremiums")
          : t("report.premiums", { list: format.list(premiums) }),
        ...(plan.lostContactValue === undefined
          ? [t("report.noLostValue")]
          : [t("report.lostValue", { value: format.money(plan.lostContactValue, plan.currency, 2) })]),
      ],
    },
  ];
}

function definitionBlocks({ comparison, queueId }: ReportSources, t: Words): Block[] {
  const used = new Set(tableRows(comparison, queueId).map(({ measure }) => measure));
  return [
    { kind: "heading", text: t("report.definitions") },
    {
      kind: "terms",
      items: [...used].map((measure) => [measureName(t, measure, queueId), t(`hint.${measure}`)] as const),
    },
    { kind: "text", tone: "hint", text: t("report.interval") },
  ];
}
