import { useTranslation } from "react-i18next";
import type { Comparison } from "../../../scenarios/measuring/comparison.ts";
import { Button } from "../../kit/controls/button.tsx";

/** Says which answer the screen shows, and whether a better one is coming. */
export function MethodLine(props: {
  readonly comparison: Comparison;
  readonly waits: "running" | "stopped" | null;
  readonly onSimulate: () => void;
}) {
  const { comparison, waits } = props;
  const { t } = useTranslation("whatif");
  return (
    <p className="whatif-state" role="status">
      <strong>{t(`method.${comparison.method}`)}</strong>
      <span>
        {comparison.method === "simulation"
          ? t("method.simulationText", { replications: comparison.replications, seed: comparison.seed })
          : t(`method.${comparison.method}Text`)}
      </span>
      {waits === "running" && (
        <span>◌ {t(comparison.method === "simulation" ? "method.refining" : "method.running")}</span>
      )}
      {waits === "stopped" && <Button onClick={props.onSimulate}>{t("method.simulate")}</Button>}
    </p>
  );
}
