import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Roster, Violation } from "../../../domain/plan/roster.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { isChange } from "./roster-rows.ts";

interface Echo {
  readonly broken: readonly Violation[];
  readonly mended: number;
  /** Hard rules that are broken, whoever broke them. */
  readonly still: number;
  readonly price: number;
}

const named = 3;

/** What the last edit broke and mended, by rule, person, day and price; read aloud. */
export function EditEcho(props: { readonly roster: Roster; readonly isProposal: boolean }) {
  const { roster, isProposal } = props;
  const { t } = useTranslation("roster");
  const format = useFormat();
  const plan = usePlan();
  const last = useRef(roster);
  const [echo, setEcho] = useState<Echo | null>(null);
  useEffect(() => {
    const before = last.current;
    if (before === roster) return;
    last.current = roster;
    setEcho(isProposal || before.grid !== roster.grid ? null : difference(before, roster));
  }, [roster, isProposal]);
  const name = (id: string | null) => plan.agents.find((agent) => agent.id === id)?.name ?? "";
  return (
    <p className={echo?.broken.length ? "roster-echo is-broken" : "roster-echo"} role="status">
      {echo === null
        ? ""
        : [
            ...echo.broken.slice(0, named).map(({ rule, agentId, date, penalty }) =>
              t(penalty === null ? "echo.hard" : "echo.soft", {
                rule: t(`rule.${rule}`),
                agent: name(agentId),
                day: format.date(date),
                price: format.number(penalty),
              }),
            ),
            echo.broken.length > named ? t("echo.more", { count: echo.broken.length - named }) : "",
            echo.broken.length === 0
              ? echo.still > 0
                ? t("echo.nothingMore", { count: echo.still })
                : t("echo.nothing")
              : "",
            echo.mended > 0 ? t("echo.mended", { count: echo.mended }) : "",
            echo.price === 0 ? "" : t("echo.price", { price: format.signed(Math.round(echo.price)) }),
          ]
            .filter((part) => part !== "")
            .join(" · ")}
    </p>
  );
}

function difference(before: Roster, after: Roster): Echo {
  const key = ({ rule, agentId, date }: Violation) => `${rule} ${agentId} ${date}`;
  // An edit by hand is not priced as a change: what a proposal was charged for its changes falls away.
  const judged = ({ violations }: Roster) => violations.filter((violation) => !isChange(violation));
  const personal = (roster: Roster) => judged(roster).filter(({ agentId }) => agentId !== null);
  const price = (roster: Roster) => judged(roster).reduce((sum, { penalty }) => sum + (penalty ?? 0), 0);
  const known = new Set(personal(before).map(key));
  const now = new Set(personal(after).map(key));
  return {
    broken: personal(after)
      .filter((violation) => !known.has(key(violation)))
      .sort((a, b) => (b.penalty ?? Infinity) - (a.penalty ?? Infinity) || 0),
    mended: [...known].filter((violation) => !now.has(violation)).length,
    still: after.violations.filter(({ penalty }) => penalty === null).length,
    price: price(after) - price(before),
  };
}
