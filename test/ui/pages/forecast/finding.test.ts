import { describe, expect, it } from "vitest";
import type { BacktestScore, QueueForecast } from "../../../../src/domain/results/demand.ts";
import { formatFor } from "../../../../src/ui/kit/format.ts";
import { forecastFinding } from "../../../../src/ui/pages/forecast/finding.ts";
import { flatForecast, smallDocument } from "../../../app/sample-document.ts";
import { readable, wordsOf } from "../../words.ts";

const t = await wordsOf("forecast");
const [flat] = flatForecast(smallDocument(), 10).queues;
const score = (model: string, wape: number, chosen: boolean) => ({ model, wape, chosen }) as BacktestScore;
const tested = (queueId: string, offered: number, chosen: number, naive: number): QueueForecast => ({
  ...flat,
  queueId,
  offered: flat.offered.map(() => offered),
  backtest: [score("fourier", chosen, true), score("seasonalNaive", naive, false)],
});
const findingOf = (
  queues: readonly QueueForecast[],
  span: "day" | "week" | "eightWeeks" = "week",
  dayCount = { day: 1, week: 7, eightWeeks: 56 }[span],
) =>
  readable(
    forecastFinding(
      { queues, range: { first: 24, end: span === "day" ? 48 : 168 }, span, dayCount },
      t,
      formatFor("en"),
    ),
  );

describe("the finding of a forecast", () => {
  it("is the sum of the shown intervals where there is no back-test", () => {
    expect(findingOf([flat], "day")).toEqual({ text: "240 contacts are forecast for this day." });
  });

  it("counts the days where the plan is shorter than what the bar shows", () => {
    expect(findingOf([flat], "eightWeeks", 14).text).toMatch(/ contacts are forecast for these 14 days\.$/);
  });

  it("is the sum alone where one of the shown queues has no naive score", () => {
    const noNaive = { ...flat, backtest: [score("fourier", 0.1, true)] };
    expect(findingOf([tested("voice", 10, 0.1, 0.2), noNaive]).text).toBe(
      "2,880 contacts are forecast for this week.",
    );
  });

  it("weighs the errors of queues by their contacts and leads to the requirement", () => {
    const finding = findingOf([tested("voice", 30, 0.1, 0.2), tested("chat", 10, 0.3, 0.6)]);
    expect(finding.text).toBe(
      "5,760 contacts are forecast for this week. In back-tests the forecast was off by 15.0 % per interval; " +
        "repeating the week before would have been off by 30.0 %.",
    );
    expect(finding.opens).toEqual({ page: "required" });
  });

  it("has words for eight weeks", () => {
    expect(findingOf([flat], "eightWeeks").text).toBe("1,440 contacts are forecast for these eight weeks.");
  });
});
