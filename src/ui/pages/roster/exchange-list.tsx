import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Roster } from "../../../domain/plan/roster.ts";
import { useDesk, usePlan, useSession } from "../../frame/session-context.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { RankedPeople, type RankedPerson } from "./ranked-people.tsx";
import { exchanges } from "./roster-answers.ts";
import { moveShifts, type RosterPlace } from "./roster-edits.ts";
import { shiftText, type TemplateLook } from "./shift-words.ts";

/** To whom a person's shift could go, and what would come back for it; each a click away, with the rules it breaks. */
export function ExchangeList(props: {
  readonly roster: Roster;
  readonly place: RosterPlace;
  readonly looks: ReadonlyMap<string, TemplateLook>;
  readonly onDone: () => void;
}) {
  const { roster, place } = props;
  const { agentId, date } = place;
  const { t } = useTranslation("roster");
  const { store } = useDesk();
  const plan = usePlan();
  const format = useFormat();
  const document = useSession((state) => state.document);
  const ranked = useMemo(() => exchanges(document, { agentId, date }), [document, agentId, date]);
  const nameOf = new Map(plan.agents.map(({ id, name }) => [id, name]));
  const rulesOf = (id: string, broken: readonly string[]) =>
    broken.length === 0 ? [] : [`${nameOf.get(id)}: ${format.list(broken.map((rule) => t(`rule.${rule}`)))}`];
  const people = ranked.map(
    ({ inReturn, breaksOwn, breaksTheirs, ...exchange }): RankedPerson => ({
      ...exchange,
      aside:
        inReturn === null
          ? t("swap.give")
          : t("swap.swap", {
              shift: `${props.looks.get(inReturn.templateId)?.code ?? ""} ${shiftText(inReturn, roster.grid, format)}`,
            }),
      broken: [...rulesOf(exchange.agentId, breaksTheirs), ...rulesOf(agentId, breaksOwn)].join("; "),
    }),
  );
  const shownAt = useRef<HTMLElement>(null);
  useEffect(() => {
    // Newer browsers answer a promise, which is no clean-up.
    shownAt.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <section ref={shownAt} aria-label={t("swap.label")}>
      <h3 className="control-title">{t("swap.label")}</h3>
      <RankedPeople
        people={people}
        nobody={t("swap.nobody")}
        onChoose={(colleague) => {
          store.editDocument("roster:edit.swap", (before) =>
            moveShifts(before, [{ from: place, to: { agentId: colleague, date } }]),
          );
          props.onDone();
        }}
      />
    </section>
  );
}
