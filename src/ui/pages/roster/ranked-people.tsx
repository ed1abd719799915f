import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";

/** One person of a ranked list, with what choosing them would break. */
export interface RankedPerson {
  readonly agentId: string;
  /** Beside the name. */
  readonly aside: string;
  /** Rules that would be broken, in words; empty: none. */
  readonly broken: string;
  /** Change of the price of wishes: below 0 when it is wished for. */
  readonly wishPrice: number;
}

const shown = 12;

/** People, best first, each a click away; what it would break stands below the name. */
export function RankedPeople(props: {
  readonly people: readonly RankedPerson[];
  readonly nobody: string;
  readonly onChoose: (agentId: string) => void;
}) {
  const { people } = props;
  const { t } = useTranslation("roster");
  const { agents } = usePlan();
  const [isLong, setLong] = useState(false);
  const nameOf = new Map(agents.map(({ id, name }) => [id, name]));
  if (people.length === 0) return <p>{props.nobody}</p>;
  return (
    <>
      <ul className="replacement-list">
        {(isLong ? people : people.slice(0, shown)).map(({ agentId, aside, broken, wishPrice }) => (
          <li key={agentId}>
            <button type="button" className="replacement-open" onClick={() => props.onChoose(agentId)}>
              <strong>{nameOf.get(agentId)}</strong>
              <span>{aside}</span>
              <small className={broken === "" ? undefined : "is-broken"}>
                {broken === "" ? t("replacement.breaksNothing") : t("replacement.breaks", { rules: broken })}
                {wishPrice === 0
                  ? ""
                  : ` ${t(wishPrice < 0 ? "replacement.wished" : "replacement.againstWish")}`}
              </small>
            </button>
          </li>
        ))}
      </ul>
      {people.length > shown && !isLong && (
        <Button look="quiet" onClick={() => setLong(true)}>
          {t("replacement.more", { count: people.length - shown })}
        </Button>
      )}
    </>
  );
}
