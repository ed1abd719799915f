import { z } from "zod";
import { fail, type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import { onChannel, queueLike } from "../domain/plan/edit-queues.ts";
import { type Plan, planSchema } from "../domain/plan/plan.ts";
import { queueSchema, serviceGoalSchema } from "../domain/plan/queue.ts";
import { jsonLines } from "./json-lines.ts";

/**
 * A set-up that is kept in a file, for plans made again and again by a job: what a person enters on the Set-up and People
 * pages, in the fields of a plan file. Everything is optional but the queues' names; what is left out is that of any new
 * plan. Groups name queues by their id, which is their name unless it is given; people name groups and contracts by id.
 */
const setUpSchema = z.strictObject({
  format: z.literal("shiftwright-set-up"),
  ...planSchema
    .pick({
      name: true,
      timeZone: true,
      intervalMinutes: true,
      currency: true,
      firstDate: true,
      dayCount: true,
      groups: true,
      shrinkage: true,
      templates: true,
      contracts: true,
      agents: true,
    })
    .partial().shape,
  queues: z
    .array(
      z.strictObject({
        ...queueSchema.partial().shape,
        name: queueSchema.shape.name,
        goal: serviceGoalSchema.partial().strict().optional(),
      }),
    )
    .min(1),
});
export type SetUp = z.infer<typeof setUpSchema>;

/**
 * Reads a set-up. Issues name the field and the line of the file: `setUp.notJson`, `setUp.unknownField`,
 * `setUp.missingField`, `setUp.badField` with what is allowed, `setUp.queueTwice`, `setUp.unknownName` where a group or
 * a person names what the file does not hold.
 */
export function readSetUp(text: string): Outcome<SetUp> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail({ code: "setUp.notJson", severity: "error" });
  }
  const lineOf = jsonLines(text);
  const checked = setUpSchema.safeParse(value);
  if (!checked.success)
    return fail(
      ...checked.error.issues.flatMap((issue) =>
        issuesOf(issue, value).map(
          ({ path, ...rest }): Issue => ({
            ...rest,
            severity: "error",
            line: lineOf(path),
            column: fieldName(path),
          }),
        ),
      ),
    );
  const issues = nameIssues(checked.data, lineOf);
  return issues.length > 0 ? fail(...issues) : succeed(checked.data);
}

type FieldIssue = Pick<Issue, "code" | "values"> & { readonly path: readonly PropertyKey[] };

function issuesOf(issue: z.core.$ZodIssue, root: unknown): FieldIssue[] {
  const { path } = issue;
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ code: "setUp.unknownField", path: [...path, key] }));
  if (valueAt(root, path) === undefined) return [{ code: "setUp.missingField", path }];
  const given = JSON.stringify(valueAt(root, path));
  const text = given.length > 40 ? `${given.slice(0, 40)}…` : given;
  return [{ code: "setUp.badField", path, values: { text, allowed: allowedBy(issue) } }];
}

/** What a field takes, in signs and words of JSON: they are the same in every language. */
function allowedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.expected;
    case "invalid_value":
      return issue.values.map((value) => JSON.stringify(value)).join(" | ");
    case "too_small":
      return `${issue.inclusive === false ? ">" : "≥"} ${issue.minimum}`;
    case "too_big":
      return `${issue.inclusive === false ? "<" : "≤"} ${issue.maximum}`;
    case "invalid_union":
      return issue.errors.flatMap((one) => one.map(allowedBy)).join(" | ");
    case "invalid_format":
      return issue.format === "date" ? "2026-11-02" : issue.format;
    default:
      return issue.path.at(-1) === "timeZone" ? "Europe/Berlin, …" : "…";
  }
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null)?.[key], root);
}

/** `queues[1].goal.serviceLevel` */
function fieldName(path: readonly PropertyKey[]): string {
  return path
    .map((key, at) => (typeof key === "number" ? `[${key}]` : `${at === 0 ? "" : "."}${String(key)}`))
    .join("");
}

function nameIssues(setUp: SetUp, lineOf: (path: readonly PropertyKey[]) => number): Issue[] {
  const issues: Issue[] = [];
  const add = (code: string, path: readonly PropertyKey[], text: string) =>
    issues.push({ code, severity: "error", line: lineOf(path), column: fieldName(path), values: { text } });
  const ids = new Set<string>();
  for (const [at, queue] of setUp.queues.entries()) {
    if (ids.has(queueIdOf(queue))) add("setUp.queueTwice", ["queues", at], queueIdOf(queue));
    ids.add(queueIdOf(queue));
  }
  const names = (list: readonly string[], known: ReadonlySet<string>, path: readonly PropertyKey[]) => {
    for (const [at, name] of list.entries())
      if (!known.has(name)) add("setUp.unknownName", [...path, at], name);
  };
  for (const [at, { queueIds }] of (setUp.groups ?? []).entries())
    names(queueIds, ids, ["groups", at, "queueIds"]);
  const groups = new Set(setUp.groups?.map(({ id }) => id) ?? ids);
  for (const [at, { groupIds }] of (setUp.templates ?? []).entries())
    names(groupIds, groups, ["templates", at, "groupIds"]);
  const contracts = new Set(setUp.contracts?.map(({ id }) => id));
  for (const [at, { groupId, contractId }] of (setUp.agents ?? []).entries()) {
    if (!groups.has(groupId)) add("setUp.unknownName", ["agents", at, "groupId"], groupId);
    if (!contracts.has(contractId)) add("setUp.unknownName", ["agents", at, "contractId"], contractId);
  }
  return issues;
}

function queueIdOf({ id, name }: SetUp["queues"][number]): string {
  return id ?? name;
}

/**
 * The plan as a set-up has it. Queues that the set-up does not describe go; a queue that the plan does not have begins
 * like the first on its channel. Without groups of its own, each queue is served by one of its name.
 *
 * @param plan made for a history; its queues are found by id or name
 */
export function withSetUp(plan: Plan, { format: _format, queues: given, ...rest }: SetUp): Plan {
  const queues = given.map((description) => {
    const id = queueIdOf(description);
    const { goal, channel: wanted, ...fields } = description;
    const before = plan.queues.find((queue) => queue.id === id || queue.name === description.name);
    const channel = wanted ?? before?.channel ?? "voice";
    const model =
      before ?? queueLike(plan.queues, channel, { id, name: description.name, defaultAhtSeconds: null });
    const queue = onChannel(model, channel);
    // In a history the queue goes by the id that it has there.
    return { ...queue, ...fields, id: before?.id ?? id, goal: { ...queue.goal, ...goal } };
  });
  const idOf = new Map(given.map((description, at) => [queueIdOf(description), queues[at].id]));
  const groups =
    rest.groups?.map((group) => ({
      ...group,
      queueIds: group.queueIds.map((id) => idOf.get(id) ?? id),
      ...(group.overflow && {
        overflow: group.overflow.map((help) => ({
          ...help,
          queueId: idOf.get(help.queueId) ?? help.queueId,
        })),
      }),
    })) ?? queues.map(({ id, name }) => ({ id, name, queueIds: [id] }));
  return { ...plan, ...rest, queues, groups };
}

/** The set-up of a plan: the same plan comes of it again. */
export function setUpText(plan: Plan): string {
  const { name, timeZone, intervalMinutes, currency, firstDate, dayCount } = plan;
  const { queues, groups, shrinkage, templates, contracts, agents } = plan;
  const setUp: SetUp = {
    format: "shiftwright-set-up",
    ...{ name, timeZone, intervalMinutes, currency, firstDate, dayCount },
    ...{ queues, groups, shrinkage, templates, contracts, agents },
  };
  return `${JSON.stringify(setUp, null, 2)}\n`;
}
