import { useFormat } from "../../../src/ui/kit/use-format.ts";
import { Specimen } from "./specimen.tsx";

/** What each format makes of a value, in the page's language. */
export function FormatSpecimens() {
  const format = useFormat();
  const samples: readonly [string, string][] = [
    ["number(1240.5, 1)", format.number(1240.5, 1)],
    ["number(null)", format.number(null)],
    ["signed(-3.2, 1)", format.signed(-3.2, 1)],
    ["percent(0.812)", format.percent(0.812)],
    ["signedPercent(0.3)", format.signedPercent(0.3)],
    ["duration(252)", format.duration(252)],
    ["wait(7.8)", format.wait(7.8)],
    ["wait(200)", format.wait(200)],
    ["hours(1240)", format.hours(1240)],
    ['money(41220, "EUR")', format.money(41_220, "EUR")],
    ["plusMinus(0.8, 1)", format.plusMinus(0.8, 1)],
    ["time(450)", format.time(450)],
    ['date("2026-11-02")', format.date("2026-11-02")],
    ['date("2026-11-02", "long")', format.date("2026-11-02", "long")],
    ['dateRange("2026-11-02", "2026-11-08")', format.dateRange("2026-11-02", "2026-11-08")],
    ["bytes(240_000_000)", format.bytes(240_000_000)],
    ['list(["Mon", "Tue", "Fri"])', format.list(["Mon", "Tue", "Fri"])],
  ];
  return (
    <Specimen name="Format" wide>
      <table className="gallery-table">
        <tbody>
          {samples.map(([call, text]) => (
            <tr key={call}>
              <th scope="row">{call}</th>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Specimen>
  );
}
