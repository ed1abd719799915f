import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Roster } from "../../../domain/plan/roster.ts";
import { useDesk, usePlan, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { exchanges, moveShifts, type RosterPlace } from "./roster-edits.ts";
import { shiftText, type TemplateLook } from "./shift-words.ts";

const shown = 12;

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
  const [isLong, setLong] = useState(false);
  const ranked = useMemo(() => exchanges(document, { agentId, date }), [document, agentId, date]);
  const names = useMemo(() => new Map(plan.agents.map(({ id, name }) => [id, name])), [plan.agents]);
  const rules = (broken: readonly string[]) => format.list(broken.map((rule) => t(`rule.${rule}`)));
  const shownAt = useRef<HTMLElement>(null);
  useEffect(() => {
    // Newer browsers answer a promise, which is no clean-up.
    shownAt.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <section ref={shownAt} aria-label={t("swap.label")}>
      <h3 className="control-title">{t("swap.label")}</h3>
      {ranked.length === 0 ? (
        <p>{t("swap.nobody")}</p>
      ) : (
        <ul className="replacement-list">
          {(isLong ? ranked : ranked.slice(0, shown)).map((exchange) => {
            const { inReturn, breaksOwn, breaksTheirs, wishPrice } = exchange;
            const name = names.get(exchange.agentId);
            const broken = [
              breaksTheirs.length > 0 ? `${name}: ${rules(breaksTheirs)}` : "",
              breaksOwn.length > 0 ? `${names.get(agentId)}: ${rules(breaksOwn)}` : "",
            ].filter((part) => part !== "");
            return (
              <li key={exchange.agentId}>
                <button
                  type="button"
                  className="replacement-open"
                  onClick={() => {
                    store.editDocument("roster:edit.swap", (before) =>
                      moveShifts(before, [{ from: place, to: { agentId: exchange.agentId, date } }]),
                    );
                    props.onDone();
                  }}
                >
                  <strong>{name}</strong>
                  <span>
                    {inReturn === null
                      ? t("swap.give")
                      : t("swap.swap", {
                          shift: `${props.looks.get(inReturn.templateId)?.code ?? ""} ${shiftText(inReturn, roster.grid, format)}`,
                        })}
                  </span>
                  <small className={broken.length > 0 ? "is-broken" : undefined}>
                    {broken.length > 0
                      ? t("replacement.breaks", { rules: broken.join("; ") })
                      : t("replacement.breaksNothing")}
                    {wishPrice === 0
                      ? ""
                      : ` ${t(wishPrice < 0 ? "replacement.wished" : "replacement.againstWish")}`}
                  </small>
                </button>
              </li>
            );
          })}
        </ul>
      )}
      {ranked.length > shown && !isLong && (
        <Button look="quiet" onClick={() => setLong(true)}>
          {t("replacement.more", { count: ranked.length - shown })}
        </Button>
      )}
    </section>
  );
}
