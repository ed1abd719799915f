import type { TFunction } from "i18next";
import type { Roster } from "../../../domain/plan/roster.ts";
import type { Finding } from "../../frame/finding.ts";
import type { Format } from "../../kit/format.ts";

/** What is worst about a roster: hard rules broken, else open shifts, else days below the requirement, else nothing. */
export function rosterFinding(roster: Roster, t: TFunction<"roster">, format: Format): Finding {
  const { violations, unassigned } = roster;
  const hard = violations.filter(({ penalty }) => penalty === null);
  if (hard.length > 0) {
    const date = hard.find((violation) => violation.date !== null)?.date ?? null;
    return {
      text: t("finding.hard", { count: hard.length, rule: t(`rule.${hard[0].rule}`) }),
      tone: "short",
      ...(date === null ? {} : { opens: { view: { date } } }),
    };
  }
  if (unassigned.length > 0) {
    const openOn = new Map<string, number>();
    for (const { date } of unassigned) openOn.set(date, (openOn.get(date) ?? 0) + 1);
    const [date, most] = [...openOn].reduce((worst, day) => (day[1] > worst[1] ? day : worst));
    return {
      text: t(most === 1 && unassigned.length > 1 ? "finding.openSpread" : "finding.open", {
        count: unassigned.length,
        day: format.date(date),
        most: format.number(most),
      }),
      opens: { view: { date } },
    };
  }
  const short = violations.flatMap(({ rule, date, penalty }) =>
    rule === "coverShort" && date !== null ? [{ date, penalty: penalty ?? 0 }] : [],
  );
  if (short.length > 0) {
    const { date } = short.reduce((worst, day) => (day.penalty > worst.penalty ? day : worst));
    return {
      text: t("finding.short", { count: short.length, day: format.date(date) }),
      opens: { view: { date } },
    };
  }
  return { text: t("finding.full"), tone: "good" };
}
