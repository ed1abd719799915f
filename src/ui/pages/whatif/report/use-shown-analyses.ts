import { type RefObject, useEffect, useRef } from "react";
import { answersIn, type ShownAnalysis } from "./shown-analyses.ts";

/** What the analyses are about; another base makes all former answers void. */
interface Subject {
  readonly base: object;
  readonly name: string;
  readonly days: { readonly first: number; readonly end: number };
  readonly queueId: string | null;
}

interface KeptAnalysis extends ShownAnalysis {
  readonly tab: string;
  readonly days: string;
  /** The answer without the scenario's name: shown under another name it is still the answer to the former question. */
  readonly nameless: string;
}

/** Keeps the answer of every analysis that is shown in a panel, so that a report holds them all and not only the open one. */
export function useShownAnalyses(subject: Subject): {
  readonly panel: RefObject<HTMLDivElement | null>;
  /** Those about the days in sight, in the order in which they were made. */
  readonly shown: () => readonly ShownAnalysis[];
} {
  const panel = useRef<HTMLDivElement>(null);
  const kept = useRef(new Map<string, KeptAnalysis>());
  const latest = useRef(subject);
  if (latest.current.base !== subject.base) kept.current.clear();
  latest.current = subject;
  const keepOne = (open: HTMLElement) => {
    const { name, days, queueId } = latest.current;
    const tab = open.dataset.analysis ?? "";
    const answers = answersIn(open);
    if (answers === null) return;
    const html = answers.innerHTML;
    const nameless = html.replaceAll(name, "");
    const dayKey = `${days.first}/${days.end}`;
    const key = `${tab}/${name}/${dayKey}/${queueId}`;
    for (const other of kept.current.values())
      if (other.tab === tab && other.key !== key && other.nameless === nameless) return;
    const reachesGoals = open.querySelector("[data-answer=reached]") !== null;
    kept.current.set(key, { key, tab, days: dayKey, title: `${tab}: ${name}`, html, nameless, reachesGoals });
  };
  const keep = useRef(() => {
    for (const open of panel.current?.querySelectorAll<HTMLElement>("[data-analysis]") ?? []) keepOne(open);
  }).current;
  useEffect(() => {
    if (panel.current === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(keep, 300);
    });
    observer.observe(panel.current, { subtree: true, childList: true, characterData: true });
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [keep]);
  return {
    panel,
    shown() {
      keep();
      const { first, end } = latest.current.days;
      return [...kept.current.values()].filter(({ days }) => days === `${first}/${end}`);
    },
  };
}
