import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { addDays } from "../../../domain/calendar/clock.ts";
import { localTimeOf } from "../../../domain/calendar/interval-grid.ts";
import { type ContactTrace, contactOutcome } from "../../../domain/results/simulation.ts";
import { contactTraceCsv } from "../../../files/contact-trace-csv.ts";
import { download } from "../../frame/download.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { useWidth } from "../../kit/charts/plot.ts";
import { Button } from "../../kit/controls/button.tsx";
import { SegmentedControl } from "../../kit/controls/segmented-control.tsx";
import { type TokenColors, useTokenColors } from "../../kit/theme/token-colors.ts";
import { useFormat } from "../../kit/use-format.ts";
import { floorAt, replayDay } from "./replayed-floor.ts";

const queueHeight = 56;
const axisHeight = 18;
const left = 44;
/** Simulated seconds per second. */
const speeds = { slow: 120, middle: 600, fast: 2400 } as const;
const contactColors = [
  "--series-1",
  "--series-2",
  "--series-3",
  "--series-4",
  "--series-5",
  "--series-6",
] as const;

/** One simulated day to be watched: agents as rows, contacts as bars, those who wait above. */
export function Replay(props: { readonly day: number }) {
  const { t } = useTranslation("simulate");
  const { t: issueWords } = useTranslation("issues");
  const { store } = useDesk();
  const format = useFormat();
  const [replication, setReplication] = useState<number | null>(null);
  const outcome = useMemo(
    () => (replication === null ? null : replayDay(store.state().document, props.day, replication)),
    [store, props.day, replication],
  );
  const date = addDays(usePlan().firstDate, props.day);
  return (
    <section className="replay" aria-label={t("replay.title")}>
      <div className="simulate-options">
        {outcome === null ? (
          <Button onClick={() => setReplication(0)}>{t("replay.open", { day: format.date(date) })}</Button>
        ) : (
          <>
            <h2 className="replay-title">{t("replay.of", { day: format.date(date, "long") })}</h2>
            <Button onClick={() => setReplication((replication ?? 0) + 1)}>{t("replay.another")}</Button>
            {outcome.ok && (
              <Button
                onClick={() =>
                  download(
                    new Blob([contactTraceCsv(outcome.value)], { type: "text/csv" }),
                    `contacts-${date}.csv`,
                  )
                }
              >
                {t("replay.export")}
              </Button>
            )}
            <Button onClick={() => setReplication(null)}>{t("replay.close")}</Button>
          </>
        )}
      </div>
      {outcome?.ok === false && (
        <p>{outcome.issues.map((issue) => issueWords(issue.code, issue.values)).join(" ")}</p>
      )}
      {outcome?.ok && <Player key={`${props.day}/${replication}`} trace={outcome.value} />}
    </section>
  );
}

function Player({ trace }: { readonly trace: ContactTrace }) {
  const { t } = useTranslation("simulate");
  const format = useFormat();
  const plan = usePlan();
  const color = useTokenColors();
  const [box, width] = useWidth<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = useMemo(() => pictureOf(trace), [trace]);
  const { from, to } = picture;
  const [seconds, setSeconds] = useState(to);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<keyof typeof speeds>("middle");
  const rowHeight = Math.max(1.5, Math.min(9, 480 / Math.max(1, picture.rows.length)));
  const height = queueHeight + axisHeight + picture.rows.length * rowHeight;

  useEffect(() => {
    if (!playing) return;
    let before = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const passed = ((now - before) / 1000) * speeds[speed];
      before = now;
      setSeconds((at) => Math.min(to, at + passed));
      frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, speed, to]);
  useEffect(() => {
    if (seconds >= to) setPlaying(false);
  }, [seconds, to]);

  useEffect(() => {
    const target = canvas.current;
    if (target === null || width === 0 || color === null) return;
    const ratio = window.devicePixelRatio || 1;
    target.width = width * ratio;
    target.height = height * ratio;
    const context = target.getContext("2d");
    if (context === null) return;
    context.scale(ratio, ratio);
    draw(context, {
      trace,
      picture,
      seconds,
      width,
      height,
      rowHeight,
      color,
      time: (minute) => format.time(minute),
    });
  }, [trace, picture, seconds, width, height, rowHeight, format, color]);

  const floor = floorAt(trace, seconds);
  const clock = clockOf(trace, seconds, format.time);
  const words = {
    time: clock,
    waiting: format.number(floor.waiting),
    longest: format.wait(floor.longestWaitSeconds),
    inService: format.number(floor.inService),
    answered: format.number(floor.answered),
    abandoned: format.number(floor.abandoned),
  };
  return (
    <>
      <div className="simulate-options">
        <Button
          look="primary"
          onClick={() => {
            if (!playing && seconds >= to) setSeconds(from);
            setPlaying(!playing);
          }}
        >
          {playing ? t("replay.pause") : t("replay.play")}
        </Button>
        <SegmentedControl
          label={t("replay.speed")}
          labelHidden
          value={speed}
          options={(Object.keys(speeds) as (keyof typeof speeds)[]).map((value) => ({
            value,
            name: t("replay.times", { times: format.number(speeds[value]) }),
          }))}
          onChange={setSpeed}
        />
        <input
          type="range"
          className="replay-time"
          aria-label={t("replay.time")}
          aria-valuetext={clock}
          min={from}
          max={to}
          step={60}
          value={seconds}
          onChange={(event) => {
            setPlaying(false);
            setSeconds(Number(event.target.value));
          }}
        />
      </div>
      <p className="simulate-note" aria-live={playing ? "off" : "polite"}>
        {t("replay.floor", words)}
      </p>
      <div className="replay-legend">
        {trace.queueIds.map((id, q) => (
          <span key={id}>
            <i style={{ background: `var(${contactColors[q % contactColors.length]})` }} />
            {plan.queues.find((queue) => queue.id === id)?.name ?? id}
          </span>
        ))}
        <span>
          <i className="replay-work" />
          {t("replay.available")}
        </span>
        <span>
          <i style={{ background: "var(--short)" }} />
          {t("replay.waiting")}
        </span>
      </div>
      <div ref={box} className="chart-box">
        <canvas
          ref={canvas}
          style={{ width: "100%", height }}
          role="img"
          aria-label={t("replay.summary", { ...words, agents: format.number(picture.rows.length) })}
        />
      </div>
    </>
  );
}

/** What the drawing needs of a trace, worked out once. */
interface Picture {
  /** Agents in order of their start: index of the agent in each row. */
  readonly rows: readonly number[];
  /** Seconds at which the first work starts and the last ends. */
  readonly from: number;
  readonly to: number;
  /** Contacts waiting after each change, in order of time. */
  readonly changeAt: Float64Array;
  readonly waiting: Int32Array;
  readonly mostWaiting: number;
}

function pictureOf(trace: ContactTrace): Picture {
  const rows = trace.agents
    .map((agent, index) => ({ index, start: agent.work[0] ?? 0, groupId: agent.groupId }))
    .sort((a, b) => (a.groupId < b.groupId ? -1 : a.groupId > b.groupId ? 1 : a.start - b.start))
    .map(({ index }) => index);
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (const { work } of trace.agents) {
    if (work.length === 0) continue;
    from = Math.min(from, work[0]);
    to = Math.max(to, work[work.length - 1]);
  }
  const changes: [number, number][] = [];
  trace.arrival.forEach((arrival, k) => {
    const end = trace.answered[k] ?? trace.ended[k];
    if (trace.outcome[k] === contactOutcome.blocked || end === arrival) return;
    changes.push([arrival, 1]);
    if (end !== null) changes.push([end, -1]);
  });
  changes.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let now = 0;
  let mostWaiting = 1;
  const waiting = Int32Array.from(changes, ([, change]) => {
    now += change;
    mostWaiting = Math.max(mostWaiting, now);
    return now;
  });
  if (!(from < to)) {
    from = 0;
    to = 86_400;
  }
  return { rows, from, to, changeAt: Float64Array.from(changes, ([at]) => at), waiting, mostWaiting };
}

function draw(
  context: CanvasRenderingContext2D,
  scene: {
    readonly trace: ContactTrace;
    readonly picture: Picture;
    readonly seconds: number;
    readonly width: number;
    readonly height: number;
    readonly rowHeight: number;
    readonly color: TokenColors;
    readonly time: (minuteOfDay: number) => string;
  },
): void {
  const { trace, picture, seconds, width, height, rowHeight, color } = scene;
  const { from, to, rows } = picture;
  const x = (at: number) =>
    left + ((Math.min(Math.max(at, from), to) - from) / (to - from)) * (width - left - 4);
  const firstRow = queueHeight + axisHeight;
  context.clearRect(0, 0, width, height);
  context.font = "11px system-ui, sans-serif";
  context.textBaseline = "middle";

  // Hours.
  const step = (to - from) / (width - left) > 60 ? 7200 : 3600;
  context.fillStyle = color("--ink-2");
  context.strokeStyle = color("--rule");
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    const px = Math.round(x(at)) + 0.5;
    context.beginPath();
    context.moveTo(px, 0);
    context.lineTo(px, height);
    context.stroke();
    context.fillText(clockOf(trace, at, scene.time), px + 3, queueHeight + axisHeight / 2);
  }

  // Who waits.
  context.fillText(String(picture.mostWaiting), 4, 8);
  context.fillStyle = color("--short");
  for (let k = 0; k < picture.changeAt.length && picture.changeAt[k] <= seconds; k++) {
    const until = Math.min(seconds, picture.changeAt[k + 1] ?? to);
    const tall = (picture.waiting[k] / picture.mostWaiting) * (queueHeight - 4);
    context.fillRect(
      x(picture.changeAt[k]),
      queueHeight - tall,
      Math.max(0.4, x(until) - x(picture.changeAt[k])),
      tall,
    );
  }

  // Agents: their work, and over it their contacts until now.
  const rowOf = new Int32Array(trace.agents.length);
  context.fillStyle = color("--paper-3");
  rows.forEach((agent, row) => {
    rowOf[agent] = row;
    const { work } = trace.agents[agent];
    for (let k = 0; k < work.length; k += 2) {
      context.fillRect(
        x(work[k]),
        firstRow + row * rowHeight,
        x(work[k + 1]) - x(work[k]),
        Math.max(1, rowHeight - 1),
      );
    }
  });
  for (let q = 0; q < trace.queueIds.length; q++) {
    context.fillStyle = color(contactColors[q % contactColors.length]);
    for (let k = 0; k < trace.arrival.length && trace.arrival[k] <= seconds; k++) {
      const answered = trace.answered[k];
      const agent = trace.agent[k];
      if (trace.queue[k] !== q || answered === null || agent === null || answered > seconds) continue;
      const end = Math.min(seconds, trace.ended[k] ?? to);
      const start = x(answered);
      context.fillRect(
        start,
        firstRow + rowOf[agent] * rowHeight,
        Math.max(0.5, x(end) - start - 0.4),
        Math.max(1, rowHeight - 1),
      );
    }
  }

  // Now.
  context.strokeStyle = color("--ink");
  context.beginPath();
  context.moveTo(x(seconds), 0);
  context.lineTo(x(seconds), height);
  context.stroke();
}

/** Clock time of a second of the traced day. */
function clockOf(trace: ContactTrace, seconds: number, time: (minuteOfDay: number) => string): string {
  const length = trace.grid.intervalMinutes * 60;
  const last = trace.endInterval - 1;
  const index = Math.min(last, trace.firstInterval + Math.floor(seconds / length));
  const { minuteOfDay } = localTimeOf(trace.grid, index);
  return time((minuteOfDay + Math.floor((seconds - (index - trace.firstInterval) * length) / 60)) % 1440);
}
