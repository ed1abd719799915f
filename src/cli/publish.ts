import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Command } from "commander";
import { fail, type Outcome, succeed } from "../domain/outcome.ts";
import { changesWithCodes, codeBook, withAgentCodes } from "../domain/plan/agent-codes.ts";
import type { PlanDocument } from "../domain/plan/plan.ts";
import { type PersonChanges, publishRoster, rosterChanges } from "../domain/plan/roster-changes.ts";
import { nameLookup } from "../files/name-lookup.ts";
import { personCalendars } from "../files/person-calendars.ts";
import { planFileText, readPlanFile } from "../files/plan-file.ts";
import { rosterChangesCsv } from "../files/roster-changes-csv.ts";
import { readInput, usable, writeJson } from "./io.ts";
import { isoInstant, wholeFrom } from "./option-values.ts";

interface PublishOptions {
  readonly codes: boolean;
  readonly since?: number;
  readonly person?: readonly string[];
  readonly note: string;
  readonly out?: string;
  readonly at?: string;
  readonly calendars?: string;
  readonly json: boolean;
}

const help = `
One row per shift that is new, changed or dropped since the version; nothing is written where nothing differs. With --out
the roster becomes the next version. Calendar files hold what is published: one of events per person whose shifts changed
since the version, and one that takes dropped shifts out of their calendar (-cancelled). Whoever opens the files of every
version one after the other, or at times only the newest --since the version opened last, has the published roster.

  shiftwright publish plan.json                                                  # what changed since the last version
  shiftwright publish plan.json --note "December" --out plan.json --calendars .  # version 1, 2, …
  shiftwright publish plan.json --since 2 --person 4711                          # what Ada does not know yet`;

/** `shiftwright publish PLAN`: what changed since a published version, the next version, and its calendar files. */
export function addPublishCommand(program: Command): void {
  program
    .command("publish")
    .description("What changed in the roster since a published version; publishes it; calendar files of it")
    .argument("<plan>", "plan file with a roster; - for standard input")
    .option("--since <version>", "version that people know (default: the last one; 0: none)", wholeFrom(0))
    .option(
      "--person <agent>",
      "key or name, only these; can be repeated",
      (one: string, list: string[] = []) => [...list, one],
    )
    .option("--note <text>", "what the version is called", "")
    .option("--out <plan>", "publishes the roster: plan file to write (.gz: gzipped)")
    .option("--at <instant>", "when it is published, such as 2026-11-30T12:00:00Z (default: now)", isoInstant)
    .option("--calendars <folder>", "calendar files (.ics) of what is published, a person each")
    .option("--codes", "codes instead of names and ids in what is printed and in calendars", false)
    .option("--json", "JSON instead of CSV", false)
    .addHelpText("after", help)
    .action((path: string, options: PublishOptions) => {
      const before = usable(readPlanFile(readInput(path)), path);
      const since = usable(versionOf(before, options.since), path);
      const document = options.out === undefined ? before : published(before, options);
      const named = usable(chosen(document, rosterChanges(document, since, "roster"), options), path);
      const people = options.codes ? changesWithCodes(named, codeBook(document)) : named;
      const shown = options.codes ? withAgentCodes(document) : document;
      if (options.out !== undefined) {
        const text = planFileText(document);
        writeFileSync(options.out, options.out.endsWith(".gz") ? gzipSync(text, { level: 9 }) : text);
      }
      if (options.calendars !== undefined) writeCalendars(options.calendars, shown, people, since);
      if (options.json) writeJson({ since, version: document.published?.versions.length ?? null, people });
      else process.stdout.write(rosterChangesCsv(people, document.plan.timeZone));
    });
}

function published(document: PlanDocument, { note, at }: Pick<PublishOptions, "note" | "at">): PlanDocument {
  return usable(publishRoster(document, { publishedAt: at ?? new Date().toISOString(), note }));
}

function versionOf({ published, results }: PlanDocument, since: number | undefined): Outcome<number> {
  const last = published?.versions.length ?? 0;
  if (results.roster === null && last === 0) return fail({ code: "publish.noRoster", severity: "error" });
  if (since === undefined || since <= last) return succeed(since ?? last);
  return fail({ code: "publish.noVersion", severity: "error", values: { version: since, last } });
}

function chosen(
  { plan }: PlanDocument,
  people: readonly PersonChanges[],
  { person }: PublishOptions,
): Outcome<readonly PersonChanges[]> {
  if (person === undefined) return succeed(people);
  const everybody = [
    ...plan.agents,
    ...people.flatMap(({ agentId, personKey, name }) => (agentId === null ? [{ id: personKey, name }] : [])),
  ];
  const find = nameLookup(
    everybody,
    ({ id }) => id,
    ({ name }) => name,
  );
  const unknown = person.find((text) => find(text) === undefined);
  if (unknown !== undefined)
    return fail({ code: "publish.unknownPerson", severity: "error", values: { person: unknown } });
  const ids = new Set(person.map((text) => find(text)!.id));
  return succeed(people.filter(({ agentId, personKey }) => ids.has(agentId ?? personKey)));
}

function writeCalendars(
  folder: string,
  document: PlanDocument,
  people: readonly PersonChanges[],
  since: number,
): void {
  const { published } = document;
  const open = published ? rosterChanges(document, published.versions.length, "roster").length : 0;
  usable(
    published === undefined
      ? fail({ code: "publish.notPublished", severity: "error" })
      : succeed(
          null,
          open === 0 ? [] : [{ code: "publish.openChanges", severity: "warning", values: { count: open } }],
        ),
  );
  mkdirSync(folder, { recursive: true });
  for (const { name, text } of personCalendars(published!, since, people))
    writeFileSync(join(folder, name), text);
}
