/** Where the longest task of the page's thread spent its time, read from a Chromium trace with CPU samples. */

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** Of it, what the thread really ran: less than `dur` when others had the processor. */
  readonly tdur?: number;
  readonly id?: string;
  readonly args: {
    readonly name?: string;
    readonly data?: {
      readonly cpuProfile?: {
        readonly nodes?: readonly {
          id: number;
          parent?: number;
          callFrame: { functionName: string; url?: string };
        }[];
        readonly samples?: readonly number[];
      };
      readonly timeDeltas?: readonly number[];
      readonly startTime?: number;
    };
  };
}

export interface TaskTime {
  /** Milliseconds from begin to end, as a person feels it. */
  readonly milliseconds: number;
  /** Of them, those the thread ran: the rest it waited for a processor. */
  readonly busyMilliseconds: number;
  /** Where the time went, by event, function, and function with what it calls. */
  readonly spent: string;
}

/** Categories of Chromium's trace: tasks and what they did, and samples of the functions they ran. */
export const taskEvents = ["devtools.timeline", "disabled-by-default-devtools.timeline", "__metadata"];
export const functionSamples = "disabled-by-default-v8.cpu_profiler";

/** `34 ms (61 on the clock)` */
export function taskWords(task: TaskTime | null): string {
  if (task === null) return "none";
  return `${task.busyMilliseconds.toFixed(0)} ms (${task.milliseconds.toFixed(0)} on the clock)`;
}

/** The task of the page's thread that ran longest, processor time; null where the trace has none. */
export function longestTask(trace: Buffer): TaskTime | null {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
  const onMain = traceEvents.filter(({ pid, tid }) => mainThreads.has(`${pid}/${tid}`));
  // A task in which the profiler itself is started is not the page's.
  const starts = onMain.filter(({ name }) => name === "Profile").map(({ ts }) => ts);
  const tasks = onMain.filter(
    ({ name, ph, ts, dur = 0 }) =>
      name === "RunTask" && ph === "X" && !starts.some((start) => start >= ts && start <= ts + dur),
  );
  const longest = tasks.sort((a, b) => (b.tdur ?? 0) - (a.tdur ?? 0))[0];
  if (longest === undefined) return null;
  const from = longest.ts;
  const to = from + (longest.dur ?? 0);
  const totals = new Map<string, number>();
  for (const { name, ts, dur = 0 } of onMain) {
    if (name !== "RunTask" && ts >= from && ts + dur <= to) add(totals, name, dur);
  }
  const { own, whole } = ownTimes(traceEvents, longest, from, to);
  const spent = [`events: ${top(totals, 7)}`, `own: ${top(own, 12)}`, `with callees: ${top(whole, 30)}`];
  return {
    milliseconds: (to - from) / 1000,
    busyMilliseconds: (longest.tdur ?? 0) / 1000,
    spent: spent.map((line) => `      ${line}`).join("\n"),
  };
}

/** Microseconds by function between two times: by itself, and with what it called. */
function ownTimes(events: readonly TraceEvent[], { pid, tid }: TraceEvent, from: number, to: number) {
  const own = new Map<string, number>();
  const whole = new Map<string, number>();
  const profiles = events.filter(
    (event) => event.name === "Profile" && event.pid === pid && event.tid === tid,
  );
  for (const profile of profiles) {
    const nodes = new Map<number, { name: string; parent: number | undefined }>();
    let at = profile.args.data?.startTime ?? 0;
    for (const chunk of events) {
      if (chunk.name !== "ProfileChunk" || chunk.id !== profile.id || chunk.pid !== pid) continue;
      const data = chunk.args.data;
      for (const { id, parent, callFrame } of data?.cpuProfile?.nodes ?? []) {
        const file =
          callFrame.url
            ?.split("/")
            .at(-1)
            ?.replace(/-[\w-]{8}\.js$/, "") ?? "";
        nodes.set(id, { name: `${callFrame.functionName || "?"}@${file}`, parent });
      }
      for (const [index, sample] of (data?.cpuProfile?.samples ?? []).entries()) {
        const delta = data?.timeDeltas?.[index] ?? 0;
        at += delta;
        if (at < from || at > to) continue;
        add(own, nodes.get(sample)?.name ?? "?", delta);
        const met = new Set<string>();
        for (let node = nodes.get(sample); node !== undefined; node = nodes.get(node.parent ?? -1)) {
          if (!met.has(node.name)) add(whole, node.name, delta);
          met.add(node.name);
        }
      }
    }
  }
  return { own, whole };
}

function add(totals: Map<string, number>, name: string, more: number): void {
  totals.set(name, (totals.get(name) ?? 0) + more);
}

function top(totals: ReadonlyMap<string, number>, count: number): string {
  return [...totals]
    .filter(([name]) => !/^\((idle|root|program)\)/.test(name))
    .sort(([, a], [, b]) => b - a)
    .slice(0, count)
    .map(([name, time]) => `${name} ${(time / 1000).toFixed(0)}`)
    .join(", ");
}
