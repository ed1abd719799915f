import { useTranslation } from "react-i18next";
import type { QueueForecast } from "../../../domain/results/demand.ts";
import { useFormat } from "../../kit/use-format.ts";

/** The models that were tried, best first, with their errors on the last weeks; the chosen one is marked. */
export function LeagueTable({ queue }: { readonly queue: QueueForecast }) {
  const { t } = useTranslation("forecast");
  const format = useFormat();
  const best = queue.backtest[0];
  const chosen = queue.backtest.find((score) => score.chosen);
  const isThin = queue.backtest.some(({ model }) => model === "pooled");
  return (
    <>
      <div className="forecast-league">
        <table>
          <caption className="visually-hidden">{t("league.caption", { queue: queue.queueId })}</caption>
          <thead>
            <tr>
              <th scope="col">{t("league.model")}</th>
              <th scope="col" title={t("league.wapeHint")}>
                {t("league.wape")}
              </th>
              <th scope="col" title={t("league.maseHint")}>
                {t("league.mase")}
              </th>
              <th scope="col" title={t("league.biasHint")}>
                {t("league.bias")}
              </th>
              <th scope="col" title={t("league.coverageHint")}>
                {t("league.coverage")}
              </th>
            </tr>
          </thead>
          <tbody>
            {queue.backtest.map((score) => (
              <tr key={score.model} className={score.chosen ? "is-chosen" : undefined}>
                <th
                  scope="row"
                  title={
                    score.seconds === null
                      ? t(`modelHint.${score.model}`)
                      : `${t(`modelHint.${score.model}`)} ${format.wait(score.seconds)}`
                  }
                >
                  {score.chosen ? "●\u00a0" : ""}
                  {t(`model.${score.model}`)}
                </th>
                <td>{format.percent(score.wape)}</td>
                <td>{format.number(score.mase, 2)}</td>
                <td>{format.signedPercent(score.bias, 1)}</td>
                <td>{format.percent(score.coverage80, 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="field-hint">
        {chosen === undefined
          ? t("league.none")
          : chosen.model === best.model
            ? t("league.whyBest")
            : isThin
              ? t("league.whyThin")
              : t("league.whyTie", { best: t(`model.${best.model}`) })}
      </p>
    </>
  );
}
