import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { ShiftTemplate } from "../../../domain/plan/shift.ts";
import { useFormat } from "../../kit/use-format.ts";

const width = 240;
const barTop = 4;
const barHeight = 14;

/**
 * A template at a glance: the bar of its longest shift at the earliest start, paler where a later start would end,
 * the windows of its breaks shaded and each break drawn in the middle of its window.
 */
export function TemplatePicture({ template }: { readonly template: ShiftTemplate }) {
  const { t } = useTranslation("shifts");
  const format = useFormat();
  const hatch = useId();
  const longest = Math.max(...template.lengthsMinutes);
  const slack = template.latestStartMinute - template.earliestStartMinute;
  const total = Math.max(1, slack + longest);
  const x = (minutes: number) => (minutes / total) * width;
  const clock = (minutes: number) => format.time((template.earliestStartMinute + minutes) % 1440);
  const breaks = template.breaks.map((rule) => ({
    ...rule,
    middle: Math.round((rule.earliestMinute + rule.latestMinute) / 2),
  }));
  const summary = t("picture.summary", {
    name: template.name,
    from: clock(0),
    to: clock(slack),
    hours: format.number(longest / 60, longest % 60 === 0 ? 0 : 1),
    breaks: breaks.length,
  });
  return (
    <svg className="template-picture" viewBox={`0 0 ${width} 38`} role="img" aria-label={summary}>
      <defs>
        <pattern id={hatch} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" x2="0" y1="0" y2="4" className="template-window-line" />
        </pattern>
      </defs>
      {slack > 0 && (
        <rect className="template-slack" x={x(longest)} width={x(slack)} y={barTop} height={barHeight} />
      )}
      <rect className="template-bar" x={0} width={x(longest)} y={barTop} height={barHeight} />
      {breaks.map((rule) => (
        <g key={rule.id}>
          <rect
            className="template-break"
            x={x(rule.middle)}
            width={Math.max(2, x(rule.lengthMinutes))}
            y={barTop}
            height={barHeight}
          />
          <rect
            fill={`url(#${hatch})`}
            x={x(rule.earliestMinute)}
            width={x(rule.latestMinute + rule.lengthMinutes - rule.earliestMinute)}
            y={barTop + barHeight + 1}
            height={5}
          />
        </g>
      ))}
      <text className="template-clock" x={0} y={36}>
        {clock(0)}
      </text>
      <text className="template-clock" x={width} y={36} textAnchor="end">
        {clock(total)}
      </text>
    </svg>
  );
}
